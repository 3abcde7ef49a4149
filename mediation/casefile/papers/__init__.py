"""Papers: kinds, contents, numbers and the PDFs that are issued and never change afterwards."""
