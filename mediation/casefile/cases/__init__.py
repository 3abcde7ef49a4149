"""The case: its parties, numbers, who sees it, and the table of steps by which alone it moves."""
