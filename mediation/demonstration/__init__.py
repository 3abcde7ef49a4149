"""The demonstration county: Nanchang county as it could be, with cases that were all made up here.

Takes over an empty database. Founds the centre with its bodies and people, tells some four hundred disputes and lets
them go their way through the rooms' operations, each act by who may do it and at its own time. Leaves behind a county
that can be tried on the day of reference; :mod:`mediation.demonstration.bulk` fills a database for measuring instead.
"""

from mediation.demonstration.loading import load

__all__ = ["load"]
