"""What a model is asked and what becomes of its answers: endpoints, context, prompts, the loop, records, batches.

Models are reached through `endpoints` alone. Whether a draft holds is never decided here: `verify` does that.
"""
