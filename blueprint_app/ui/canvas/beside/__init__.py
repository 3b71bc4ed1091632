"""What stands over the graph in its corners: legend, small map, buttons."""
