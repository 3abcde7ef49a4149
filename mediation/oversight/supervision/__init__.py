"""Looking after cases from above: what is asked of those who work on them, and looks into a case with a reason."""
