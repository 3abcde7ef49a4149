"""Counts and rates: every figure names its numerator and denominator and opens its cases."""
