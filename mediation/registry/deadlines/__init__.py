"""Every last day that a row of the rule table creates: which figure, from which event, and how the day comes about.

One table and one function, for the clocks of cases and for the calculator alike. The figures themselves are dated
settings.
"""
