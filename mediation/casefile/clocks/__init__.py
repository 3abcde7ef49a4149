"""Periods that run on a case: start, suspend, extend, stop, and the reason of every last day."""
