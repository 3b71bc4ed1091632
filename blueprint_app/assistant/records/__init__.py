"""Attempts as files of the project: written once, read with suspicion, and what can be told from all of them."""
