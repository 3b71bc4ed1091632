"""Names as people read them in lists, where no mathematics can be typeset."""

from blueprint_app.model.blueprint import Node
from blueprint_app.ui.canvas.titles import plain_title


def plain_heading(node: Node) -> str:
    """``Lemma 2.3 (Jensen bound)``; a node without a title goes by its short label: ``Lemma 2.4 jensen-cor``."""
    name = f"{node.caption} {node.number}".strip()
    title = plain_title(node.title)
    return f"{name} ({title})" if title else f"{name} {node.short_label}"
