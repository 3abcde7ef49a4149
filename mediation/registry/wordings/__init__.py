"""Local wording of papers: the lines that the law leaves open and a centre words for itself, dated.

What a paper says by law is no matter of taste and stays out of reach. A paper keeps the wording of the day on which it
was issued: it lies in its snapshot (row 59).
"""
