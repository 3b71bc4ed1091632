"""What the last ``lake build`` left behind: what is fresh, what was warned of, what mentions what."""
