"""Stands for a press on a machine without Pango."""

raise OSError("cannot load library 'libpango-1.0-0'")
