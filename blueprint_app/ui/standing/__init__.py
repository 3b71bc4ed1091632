"""How a node stands among the others: what it waits for, what rests on it, what is taken on trust below it."""
