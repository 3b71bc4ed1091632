"""The open project: what is read of it, how it is looked at, and how it follows its files."""
