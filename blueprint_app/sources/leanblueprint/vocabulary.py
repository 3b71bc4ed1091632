"""What control words and environment names mean while a document is read, and which can be passed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from blueprint_app.sources.leanblueprint.environments import ARGUMENT_COMMANDS, BASE, DECLARATIONS, Environment
from blueprint_app.sources.leanblueprint.tree import Context
from blueprint_app.sources.tex.lexer import ALIGN, CLOSE, CONTROL, MATH, OPEN, PAR, PARAMETER, Token
from blueprint_app.sources.tex.macros import Macro, control_names

if TYPE_CHECKING:
    from blueprint_app.sources.leanblueprint.machine import Machine

Handler: TypeAlias = "Callable[[Machine, Token], None]"
Meaning: TypeAlias = "Callable[[Machine, Token], None] | Macro | Environment"

MAX_DEPTH = 60
"""Macros within macros that are looked into."""


class _Memo(dict[str, bool]):
    """Answers of a question about names, each asked once."""

    def __init__(self, question: Callable[[str], bool]) -> None:
        super().__init__()
        self._question = question

    def __missing__(self, name: str) -> bool:
        answer = self[name] = self._question(name)
        return answer


class Vocabulary:
    """The meanings in force.

    `passive` answers for a name whether it can have no effect itself, `harmless` the same for a
    name together with arguments that are harmless. Both forget their answers at every definition.
    """

    def __init__(self, handlers: Mapping[str, Handler]) -> None:
        self.meanings: dict[str, Meaning] = {**handlers, **BASE, **DECLARATIONS}
        self.definitions = 0
        self.passive = _Memo(self.is_passive)
        self.harmless = _Memo(lambda name: name in ARGUMENT_COMMANDS or self.is_passive(name))

    def define(self, name: str, meaning: Meaning | None, context: Context | None = None) -> None:
        """Give a name a meaning (None for none), which ends with `context` if one is given."""
        self._forget()
        if context is not None:
            if context.saved is None:
                context.saved = {}
            context.saved.setdefault(name, self.meanings.get(name))
        self._set(name, meaning)

    def restore(self, context: Context) -> None:
        """Bring back the meanings that a context hid."""
        if context.saved:
            self._forget()
            for name, meaning in context.saved.items():
                self._set(name, meaning)  # type: ignore[arg-type]

    def _set(self, name: str, meaning: Meaning | None) -> None:
        if meaning is None:
            self.meanings.pop(name, None)
        else:
            self.meanings[name] = meaning

    def _forget(self) -> None:
        self.definitions += 1
        self.passive.clear()
        self.harmless.clear()

    def is_passive(self, name: str) -> bool:
        """Whether a control sequence can have no effect itself."""
        meaning = self.meanings.get(name)
        return meaning is None or (isinstance(meaning, Macro) and self.is_inert(meaning))

    def is_inert(self, macro: Macro, above: frozenset[str] = frozenset()) -> bool:
        """Whether a macro's body holds nothing that could be structure, so that its call may be passed over.

        Its arguments are then met where they stand, as groups.
        """
        if macro.inert_since == self.definitions:
            return True
        if macro.name in above or len(above) > MAX_DEPTH:
            return False
        level = 0
        for token in macro.body:
            kind = token.kind
            if kind in (MATH, ALIGN, PAR):
                return False
            level += (kind == OPEN) - (kind == CLOSE)
            if level < 0:
                return False
        if level or any(token.kind != PARAMETER and not token.text.isspace() for token in macro.pattern):
            return False
        for name in control_names(macro.body):
            meaning = self.meanings.get(name)
            if meaning is None:
                continue
            if not isinstance(meaning, Macro) or not self.is_inert(meaning, above | {macro.name}):
                return False
        macro.inert_since = self.definitions
        return True

    def may_matter(self, tokens: Sequence[Token]) -> bool:
        """Whether tokens hold anything but text, groups and macros without influence on structure."""
        for token in tokens:
            kind = token.kind
            if kind in (MATH, ALIGN):
                return True
            if kind == CONTROL:
                meaning = self.meanings.get(token.text)
                if meaning is not None and not (isinstance(meaning, Macro) and self.is_inert(meaning)):
                    return True
        return False
