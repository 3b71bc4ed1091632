"""The views that share the middle of the window: one is in front, and all show the same selection."""
