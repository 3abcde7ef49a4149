"""Centres, their units and rooms: who can be given a case, since when and for which area."""
