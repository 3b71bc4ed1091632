"""Drafting for many nodes at once from the window: what is to be done, how it goes, and who closed what."""
