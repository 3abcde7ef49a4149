"""Who and what exists before any dispute."""
