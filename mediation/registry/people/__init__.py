"""Persons and organisations: each exists once, whatever number of cases it comes in."""
