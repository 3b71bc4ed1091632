"""The lower side: what is wrong with the blueprint, where, and what to do about it."""
