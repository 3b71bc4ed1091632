"""Graphs that other tools wrote: DOT, GraphML, YAML."""
