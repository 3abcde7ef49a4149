"""What every way in shares: log-in, the guard at the door, forms, errors, words."""
