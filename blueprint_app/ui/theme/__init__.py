"""Colours, marks and styles of nodes, and the light and dark theme."""

from blueprint_app.ui.theme.schemes import (
    HEADLINE_SCHEME,
    LEANBLUEPRINT_SCHEME,
    PROVENANCE_SCHEME,
    SCHEMES,
    ColourScheme,
    headline_style,
    styles_of,
)
from blueprint_app.ui.theme.styles import Line, Mark, NodeStyle
from blueprint_app.ui.theme.themes import DARK, LIGHT, Theme, palette_of, system_theme

__all__ = [
    "DARK",
    "HEADLINE_SCHEME",
    "LEANBLUEPRINT_SCHEME",
    "LIGHT",
    "PROVENANCE_SCHEME",
    "SCHEMES",
    "ColourScheme",
    "Line",
    "Mark",
    "NodeStyle",
    "Theme",
    "headline_style",
    "palette_of",
    "styles_of",
    "system_theme",
]
