"""Reading ``.lean`` sources without Lean: which declarations there are, where, and whether they hold a ``sorry``."""
