"""Lean's side of the open project in the window: evidence, asking, builds."""
