"""Bookings: a meeting set for a day and an hour, in a room, with the people of a case.

Takes over a case that is being mediated. Proposes hours at which mediators, parties and a room are free, keeps them
from being in two places at once, moves and cancels. Leaves behind an hour at which the parties were asked to come, and
what became of it.
"""
