"""Intake: the one way by which a dispute becomes a case.

Takes over what somebody tells at the counter, online, by a court's letter or a grid worker's report.
Registers it with its parties, source and day of application, asks the questions of the screening and opens the
duties that a yes brings. Leaves behind a case that is screened, has a number and a receipt, and interrupts limitation.
"""
