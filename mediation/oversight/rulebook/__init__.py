"""The law in code: every row of the rule table, where the program carries it out and which tests prove it.

``rows.py`` names the rows. Where each is found in code and tests is read from the source by ``reading.py`` and kept in
``places.csv``, so that an installation without the tests can show it too; ``flask rules renew`` writes it anew.
"""
