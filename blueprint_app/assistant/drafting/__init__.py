"""The loop that drafts Lean, has it judged, and goes back to the model with what Lean said."""
