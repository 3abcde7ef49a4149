"""Many cases at once, for measuring: rows are written directly, and everything that must hold holds all the same."""

from mediation.demonstration.bulk.filling import fill

__all__ = ["fill"]
