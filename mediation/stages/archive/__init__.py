"""Archive: closing a case, never silently, and keeping its file.

Takes over a case that is performed, decided, refused, withdrawn or ended. Checks that nothing is open and that
everybody was told, closes it with its outcome, looks whether the file is complete and says how long it is kept.
Leaves behind an archived case; a head may reopen it with a reason.
"""
