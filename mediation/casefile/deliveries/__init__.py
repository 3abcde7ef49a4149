"""Deliveries: every issued paper that somebody is to get, and every invitation, with its proof per recipient."""
