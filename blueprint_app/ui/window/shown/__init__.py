"""What the parts of the window show of an open project, each matter by itself."""
