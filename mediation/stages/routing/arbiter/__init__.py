"""The arbiter: after the second rejection a named person says where a case goes, and the unit cannot give it back.

What was said is kept as a precedent, with the kind of case it is about, and is shown when a similar one is routed.
"""
