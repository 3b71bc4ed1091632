"""Model endpoints, prompts, the draft-check-repair loop, attempt records."""
