"""Working days and periods: when a period ends, and whether that is certain yet.

The official years come with the program (``special_days.csv``); later ones are imported from the State Council's
notice. What a year without a notice is known to have anyway stands in ``lunar_days.csv``.
"""
