"""What people hand in: originals sealed, hashed, checked by content, seen with their case."""
