"""What became of a blueprint over time, as its own commits tell it."""
