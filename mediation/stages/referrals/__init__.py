"""Referrals: the exits, for a dispute that mediation did not settle or does not suit.

Takes over a case that failed, is unsuitable, or whose agreement was breached. Records the facts nobody disputes,
reports to the court that sent the case, builds what leaves from an allow-list, and keeps the answer that comes back.
Leaves behind a referral that was taken in, returned or decided.
"""
