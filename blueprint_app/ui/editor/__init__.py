"""Source places in the person's own editor."""
