"""How the parts of the window look: style, icons, and the small parts that pages are made of."""
