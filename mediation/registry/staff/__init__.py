"""Accounts and posts: who logs in, which posts they hold, and the sessions that are open."""
