"""Contacts: a party is at the window or on the telephone.

Takes over a case at whatever stage. Writes down who asked and how they were known, what was asked and answered, what
was promised. Leaves behind a line that the next colleague reads before the party comes again.
"""
