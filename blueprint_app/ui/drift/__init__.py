"""The drift inbox: where declared and evidence contradict each other, and the changes that would mend it."""
