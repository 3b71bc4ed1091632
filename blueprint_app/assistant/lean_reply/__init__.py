"""Lean out of what a model answers, which is seldom exactly in the form that was asked for."""

from blueprint_app.assistant.lean_reply.blocks import LeanBlock, LeanReply, lean_in, parted
from blueprint_app.assistant.lean_reply.drafts import DraftedStatement, draft_from, statement_from
from blueprint_app.assistant.problem import Problem

__all__ = [
    "DraftedStatement",
    "LeanBlock",
    "LeanReply",
    "Problem",
    "draft_from",
    "lean_in",
    "parted",
    "statement_from",
]
