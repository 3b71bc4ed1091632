"""What a model is told of a node: gathered from the snapshot, shown to the user before anything is sent."""

from blueprint_app.assistant.context.facts import NO_FACTS, LeanFacts, lean_facts
from blueprint_app.assistant.context.gathering import RelatedHit, context_of
from blueprint_app.assistant.context.sections import Context, Part, Section, sha256_of

__all__ = [
    "NO_FACTS",
    "Context",
    "LeanFacts",
    "Part",
    "RelatedHit",
    "Section",
    "context_of",
    "lean_facts",
    "sha256_of",
]
