"""All open work of one mediator handed over on one screen: looked at first, moved case by case, given back."""
