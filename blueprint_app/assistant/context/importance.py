"""Which parts each task is told, the most important first, and which of them it cannot do without."""

from collections.abc import Mapping

from blueprint_app.assistant.context.sections import Part
from blueprint_app.assistant.tasks import Audience, Task

_READING = (Part.STATEMENT, Part.PROOF, Part.USES, Part.MACROS, Part.DEFINITIONS, Part.USERS, Part.LEAN_STATEMENT)
_IN_LEAN = (
    Part.STATEMENT, Part.LEAN_STATEMENT, Part.PROOF, Part.BLACK_BOXES, Part.DEFINITIONS, Part.USES, Part.MACROS,
    Part.VERSIONS, Part.USERS,
)  # fmt: skip

PARTS: Mapping[Task, tuple[Part, ...]] = {
    Task.EXPLAIN: _READING,
    Task.STATE: (
        Part.STATEMENT, Part.VERSIONS, Part.LEAN_BEFORE, Part.BLACK_BOXES, Part.DEFINITIONS, Part.USES, Part.MACROS,
        Part.LESSONS, Part.LEAN_STATEMENT, Part.NEIGHBOURS, Part.RELATED, Part.PROOF, Part.USERS,
    ),
    Task.PROVE: (
        Part.LEAN_STATEMENT, Part.LEAN_BEFORE, Part.STATEMENT, Part.VERSIONS, Part.BLACK_BOXES, Part.PROOF,
        Part.LESSONS, Part.DEFINITIONS, Part.NEIGHBOURS, Part.MACROS, Part.USES, Part.RELATED,
    ),
    Task.CRITIQUE: (Part.STATEMENT, Part.PROOF, Part.USES, Part.MACROS, Part.DEFINITIONS, Part.LEAN_STATEMENT),
    Task.COUNTEREXAMPLE: (
        Part.STATEMENT, Part.LEAN_STATEMENT, Part.DEFINITIONS, Part.USES, Part.MACROS, Part.PROOF, Part.BLACK_BOXES,
    ),
    Task.SPLIT: (
        Part.STATEMENT, Part.PROOF, Part.LESSONS, Part.USES, Part.MACROS, Part.DEFINITIONS, Part.LEAN_STATEMENT,
        Part.RELATED, Part.BLACK_BOXES, Part.USERS,
    ),
    Task.RETELL: (
        Part.STATEMENT, Part.LEAN_STATEMENT, Part.LEAN_PROOF, Part.BLACK_BOXES, Part.USES, Part.MACROS, Part.PROOF,
        Part.DEFINITIONS,
    ),
    Task.RELATED: (
        Part.STATEMENT, Part.RELATED, Part.USES, Part.USERS, Part.MACROS, Part.PROOF, Part.LEAN_STATEMENT,
        Part.VERSIONS,
    ),
}  # fmt: skip

REQUIRED: Mapping[Task, frozenset[Part]] = {
    Task.EXPLAIN: frozenset({Part.STATEMENT}),
    Task.STATE: frozenset({Part.STATEMENT, Part.VERSIONS, Part.LEAN_BEFORE}),
    Task.PROVE: frozenset({Part.LEAN_STATEMENT, Part.LEAN_BEFORE, Part.VERSIONS}),
    Task.CRITIQUE: frozenset({Part.STATEMENT, Part.PROOF}),
    Task.COUNTEREXAMPLE: frozenset({Part.STATEMENT}),
    Task.SPLIT: frozenset({Part.STATEMENT}),
    Task.RETELL: frozenset({Part.STATEMENT, Part.LEAN_STATEMENT, Part.LEAN_PROOF}),
    Task.RELATED: frozenset({Part.STATEMENT}),
}

SHOWS_LEAN_OF_DEFINITIONS = frozenset({Task.STATE, Task.PROVE, Task.RETELL, Task.COUNTEREXAMPLE})
"""Tasks that need the Lean text of the definitions further down, not only their text in the blueprint."""


def parts_of(task: Task, audience: Audience) -> tuple[Part, ...]:
    """The parts of a task in order of importance; an explanation for a formaliser is told Lean's side as well."""
    if task is not Task.EXPLAIN:
        return PARTS[task]
    if audience is Audience.FORMALISER:
        return _IN_LEAN
    return _READING if audience is Audience.MATHEMATICIAN else _READING[:-1]
