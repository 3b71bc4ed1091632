"""How files say that the edges of a graph were inferred, so that nobody takes them for the author's."""

CAPTION = "Dotted: uses inferred from references or from Lean, not written by the author"
"""One line under a picture."""

COLOUR = "#6A7178"
