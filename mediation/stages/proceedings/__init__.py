"""Proceedings: one attempt at mediation by one unit, from acceptance to its outcome.

Takes over a case that a unit has received. Accepts or refuses it, assigns mediators, asks them about recusal, keeps the
parties' consent and the notice of their rights, records sessions, extends with the consent of all, ends at any wish.
Leaves behind a proceeding that came to an agreement, or ended with its ground and the notice of the other ways.
"""
