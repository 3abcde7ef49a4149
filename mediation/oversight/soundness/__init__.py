"""What must always be true, checked against the whole database: chains, numbers, states, clocks, sums, files.

It reads everything, scoped by nobody, and changes nothing; only commands call it. What it finds names cases by their
register number and holds no personal data.
"""
