"""Servers that models answer on: which there are, how to reach them, and what may go wrong, in plain words."""
