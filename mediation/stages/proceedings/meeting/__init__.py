"""What a meeting with the parties needs; the acts stand in ``sessions``, ``guests`` and ``inquiries``."""
