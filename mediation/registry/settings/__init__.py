"""Dated settings: day counts, citations, wages, lists and texts that law or a region fixes, one look-up for all.

What comes with the program stands in ``defaults.csv`` and ``citations.csv``; an installation, an area, a centre or a
unit may set its own from a day on. Nothing is overwritten: a case keeps the law of its day.
"""
