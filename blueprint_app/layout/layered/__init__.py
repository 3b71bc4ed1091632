"""A layered drawing for graphs that are too large for dot, in numpy: ranks, order, coordinates, curves."""

from blueprint_app.layout.layered.engine import draw_layered

__all__ = ["draw_layered"]
