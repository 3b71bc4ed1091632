"""The reading pane: a node's page with typeset mathematics, in one reused web view without a web."""

from blueprint_app.ui.reading.view import ReadingView

__all__ = ["ReadingView"]
