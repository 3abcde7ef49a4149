"""Orders of other systems as sheets: 12345, 110, petitions (row 6).

A sheet is read and shown before anything is registered; then a job registers it row by row, each in a transaction of
its own. A row that lacks something waits to be completed, one that is here already is left alone, however often the
same sheet is brought.
"""
