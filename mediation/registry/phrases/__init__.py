"""Phrases: sentences that are written again and again, kept under a short code; a centre's and everybody's own."""
