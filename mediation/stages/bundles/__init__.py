"""Bundles: a whole case as one PDF and one ZIP that open without this program.

Takes over a case at whatever stage, a reason and for whom it is. Binds what may be seen, in the order of a dossier,
with contents, page numbers and hashes. Leaves behind two sealed files that expire, and a line for each time they are
taken away.
"""
