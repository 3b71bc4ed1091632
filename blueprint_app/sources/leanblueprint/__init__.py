"""The TeX side of leanblueprint: reads what plasTeX with its blueprint package would read."""
