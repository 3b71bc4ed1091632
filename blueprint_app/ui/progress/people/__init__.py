"""Who wrote what, and the graph coloured by it."""
