"""Agreements: what the parties promise each other, written or oral, and the day it binds them.

Takes over a proceeding that mediates. Keeps the duties as rows with their sums checked, looks over the text, records
each signature and the seal with its date. Leaves behind an effective agreement whose rows become performance, each
marked whether a court may confirm it.
"""
