"""Leaks of personal data: noted by the security administrator, mended and told at once, and kept as a register.

Takes over what somebody noticed. Leaves behind when it was mended and who was told; no case hangs on it.
"""
