"""The road of a case, in order: from the window to the archive."""
