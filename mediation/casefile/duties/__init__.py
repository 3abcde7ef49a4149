"""Risk duties: what must be reported or done before a case may move on, and the record that it was."""
