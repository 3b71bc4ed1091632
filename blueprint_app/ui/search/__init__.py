"""Ctrl+P: nodes by name, by what they say, and declarations of Lean packages."""
