"""Blueprints written in comments of Lean files (leanblueprint-extract)."""
