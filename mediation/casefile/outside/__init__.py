"""Outside numbers: what other systems call a case, and how far it is there.

One row for each system and number. The first is the number under which the channel sent the case; more are entered from
the case's page, with the state in that system and the day on which it was last said there (rows 2 and 36).
"""
