"""The tour: cards beside the real parts of the window, for a person's first minutes."""
