"""Every try at a node in the window: what it was, what Lean and people said of it, and what all of them teach."""
