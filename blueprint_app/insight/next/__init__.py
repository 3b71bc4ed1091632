"""What to do next: what is ready, what it is worth, what stands in its way, and who has claimed it."""
