"""The left side: where am I. Chapters, sections and nodes, a filter, and how far the blueprint is."""
