"""Reads everything, changes no case."""
