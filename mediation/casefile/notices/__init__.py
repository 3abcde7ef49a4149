"""Notices inside the program: written with the change that causes them, each exactly once, read at the desk.

A notice goes to a seat on a case (the head of the unit that leads it, its mediators, the window it came from) and is
stored as an event key with parameters; the sentence is made when it is shown, the case named as deep as its reader
sees it then.
"""
