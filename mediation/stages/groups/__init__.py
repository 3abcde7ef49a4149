"""Groups: many people with one matter, one lead file, those who speak for them (row 20 of the feature map).

Takes over a registered case; keeps its headcount, the list of members, who represents them and what each member
consents to, and opens the duties that so many people bring. Leaves behind a case that may be settled for all of them.
"""
