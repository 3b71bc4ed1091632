"""Tables of findings: what is wrong or drifted apart, where, and what to do about it."""
