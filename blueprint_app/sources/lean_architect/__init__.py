"""Blueprints written as attributes in Lean (LeanArchitect), built or not."""
