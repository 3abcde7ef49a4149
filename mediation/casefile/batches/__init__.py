"""Work on many cases at once: first a dry run that says what would be done and what not, then a job that does it.

What can be done so is registered by the stages; here it is chosen, looked at, done one case a transaction, and listed.
"""
