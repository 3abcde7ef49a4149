"""The agreement linter: one pure piece that reads an agreement as values and says what is wrong with it.

``rules.lint`` asks the modules beside it, each about one subject. What the law bars blocks, what is doubtful warns.
"""
