"""What next, what stands in the way, what rests on it, what it rests on: for a terminal, for scripts, for a paper."""
