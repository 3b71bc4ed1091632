"""Text of other kinds turned to TeX."""
