"""Other units that help the one that leads.

Takes over a case that a unit leads; asks other units for help, each with a task, a last day and an answer; leaves
behind what they reported, confirmed by the lead. The clock of the case and whose turn it is stay the lead's (row 33).
"""
