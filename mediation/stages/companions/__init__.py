"""Papers beside the road, printed from what the case already knows: notices, statements, powers, drafts for a court.

The room keeps nothing of its own. ``queries.offers`` says which of them a case can have now and what each still lacks,
``operations.issue`` issues one of them. Nothing is typed here: what is missing is put right where it belongs.
"""
