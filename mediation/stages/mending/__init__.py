"""Mending: what was entered wrong is put right, by a step with its reason; nothing is overwritten in silence.

Takes over any open case. A correction that others have relied on is asked for by one person and allowed by another; a
party who does not belong in a case is taken off it and stays in its history; what a change makes of last days and of
papers that are out is told. Leaves behind the case as it should have been, and how it came to be so.
"""
