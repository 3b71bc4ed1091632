"""Asking Lean itself: the one class for outside programs, finding Lean, the probe and what it answers."""
