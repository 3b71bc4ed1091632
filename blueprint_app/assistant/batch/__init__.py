"""Many nodes at once: a queue that keeps to its budgets, can be stopped and killed, and goes on where it was."""
