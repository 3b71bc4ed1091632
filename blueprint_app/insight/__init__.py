"""Pure analysis of a snapshot: what next, progress, impact, search."""
