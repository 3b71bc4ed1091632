"""The window's side of the assistant: what would be sent, the answer as it comes, drafts and what Lean said of them."""
