"""Copying out: a case that has to be typed into other systems is typed here once.

Takes over what the stages know of a case and puts it into the order of each platform that has to have it: a card to
copy from, a sheet to import, a mark when and under which number it was entered, and what has changed since. Leaves
behind a row for each case and platform, from which the lists of what is not yet entered are read (idea 7, row 123).
"""
