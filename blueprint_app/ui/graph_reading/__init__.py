"""Reading a graph that is too large to be read at once: what of it is shown, and what stands out in it."""
