"""Blueprints of which only the built web site is at hand."""
