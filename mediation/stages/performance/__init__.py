"""Performance: whether what was promised is done, beside the court's confirmation or without it.

Takes over the duties of an effective agreement. Records payments and acts, urges what is late, notes waivers and
breaches. Leaves behind duties that are settled, or a breach with the ways that are open.
"""
