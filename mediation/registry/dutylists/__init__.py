"""Duty lists: which unit answers for what, with which others and on what basis, as the county has laid it down.

A list holds from a day on as a whole and is never changed: the next one takes its place, old routings keep their item.
"""
