"""Finding nodes: by their names as one types, by what their texts say, by meaning, and by the filter's words."""
