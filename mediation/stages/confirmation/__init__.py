"""Confirmation: the parties' joint request that a court declare their agreement valid, and the court's answer.

Takes over an effective agreement. Says what the pack lacks, which courts are competent and why, and how many days are
left; the liaison files it and records each act of the court with its day.
Leaves behind a ruling, or an agreement that the parties may mediate again or sue on.
"""
