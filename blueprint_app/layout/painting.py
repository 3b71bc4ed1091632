"""DOT text with fixed positions to a file that only Graphviz can write; in the child process only."""

import pygraphviz  # type: ignore[import-untyped]


def painted(dot: str, form: str) -> bytes:
    """The bytes of a PNG or PDF (`form`), with the nodes and curves where the text says."""
    graph = pygraphviz.AGraph(string=dot)
    return bytes(graph.draw(format=form, prog="nop2"))
