"""Places and courts: divisions of the country, the towns and villages of a centre's county, and whose court they have.

``divisions.csv`` and ``areas_<county>.csv`` come with the program; a centre gets a dated copy of its own that it may
change. A court's code and name follow from the division, exceptions stand in ``courts.csv`` and in a table.
"""
