"""A changed setting tried on the last cases before it holds: what would have come out differently. Idea 3."""
