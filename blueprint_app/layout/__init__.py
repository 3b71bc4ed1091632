"""A graph to positions and curves, in a child process, cached by content."""
