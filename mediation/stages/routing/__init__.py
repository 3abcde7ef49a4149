"""Routing: which of the three mediations, and which unit.

Takes over a screened case. Suggests track and unit by rules that are data and says which fields decided, bars what is
not to be mediated at all, and keeps each hop as a transfer that the unit receives or rejects.
Leaves behind a case that a unit has received.
"""
