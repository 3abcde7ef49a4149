"""One box that finds cases: decides what was typed, and asks the index made for it."""
