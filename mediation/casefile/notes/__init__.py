"""Short working notes on a case, for the colleagues who work on it, and whom they mention.

They are nobody's evidence: no paper, no dossier, no export and no referral ever reads this room (JM-12). A mediator's
private notes are another thing and stay with the proceedings.
"""
