"""Blueprints written in Verso, as its generator describes them."""
