"""Points: the places, online and offline, where a centre collects disputes, as a dated dictionary.

A point belongs to a channel and is never deleted: it ends, and the cases that came through it keep it.
"""
