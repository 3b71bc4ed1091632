"""The graph: one painted surface with its minimap, legend and zoom buttons."""
