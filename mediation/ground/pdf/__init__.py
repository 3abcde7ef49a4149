"""HTML to PDF: fonts, the press, and the watched child process it runs in (P18, B16).

`Printer` stands in the web worker and the scheduler. It starts `child` when the first job comes; the child opens
a `Press` once and keeps it warm. Nothing is fetched but fonts by name, nothing readable is written to disk.
"""
