"""The user guide in a window of its own, to be read beside the work."""
