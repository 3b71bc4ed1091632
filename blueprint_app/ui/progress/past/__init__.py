"""How the project came where it is: the history, what changed, and the graph of a former day."""
