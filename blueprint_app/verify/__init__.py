"""Judging a draft: lint, workspace, sandbox, Lean check."""
