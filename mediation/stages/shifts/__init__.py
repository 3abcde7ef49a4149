"""The end of a shift and of a day: what is open is handed to whoever comes next, and printed on one page.

Takes over what lies at a desk; leaves behind a hand-over note that the next one reads. It moves no case.
"""
