"""Platforms: the systems above in which a case is typed a second time, each with its fields in its own order.

A definition is dated and never erased: a change is a new row from a day on. Three come with the program; a centre takes
up those that it has to fill, and puts their fields into the order in which its own region asks for them.
"""
