"""Who is named by a commit: its author, who wrote it with them, and the models that took part."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

_TRAILER = re.compile(r"^[ \t]*(co-authored-by|assisted-by)[ \t]*:[ \t]*(.+?)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_TOOL = re.compile(r"[\w .+-]+:(?!(?:\d[\w.-]*|latest|free)$)(?=\S)")
"""What stands before a model's name, unless what follows is a size or the like: ``llama3:8b``."""
_CONTACT = re.compile(r"([^<>\n]*?)\s*<([^<>\s]*)>")

# Addresses that tools sign commits with. A name alone proves nothing: people are called Claude, too.
_MODEL_ADDRESSES = re.compile(
    r"""noreply@anthropic\.com|.*@cursor\.com|copilot@github\.com|(?:\d+\+)?copilot@users\.noreply\.github\.com
    |(?:\d+\+)?(?:copilot|claude|devin-ai-integration|gemini-code-assist|google-labs-jules|chatgpt-codex-connector
    |copilot-swe-agent)\[bot\]@users\.noreply\.github\.com|(?:noreply|codex)@openai\.com|.*@harmonic\.fun|aider@aider\.chat""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as git names them, ``.mailmap`` applied. Who has the same name counts as the same person."""

    name: str
    mail: str = ""

    @property
    def is_model(self) -> bool:
        """Whether the address is one that a model's tool signs with."""
        return _MODEL_ADDRESSES.fullmatch(self.mail) is not None


@dataclass(frozen=True, slots=True)
class CommitNames:
    """Who made a commit, and when. `assisted_by` are models as trailers name them, tool and host left out.

    `is_boundary` tells that the clone begins with it, so that nothing is known of who wrote what it holds.
    """

    id: str
    time: datetime
    author: Person
    co_authors: tuple[Person, ...] = ()
    assisted_by: tuple[str, ...] = ()
    is_boundary: bool = False

    @property
    def people(self) -> tuple[str, ...]:
        """The names of all people that it counts for, each once, the author's first."""
        named = (each for each in (self.author, *self.co_authors) if not each.is_model)
        return tuple(dict.fromkeys(each.name for each in named))

    @property
    def models(self) -> tuple[str, ...]:
        """The models that it names, as author, as co-author or in an ``Assisted-by``."""
        signed = (each.name for each in (self.author, *self.co_authors) if each.is_model)
        return tuple(dict.fromkeys((*self.assisted_by, *signed)))


def co_authors_in(message: str) -> tuple[Person, ...]:
    """Who stands in the ``Co-authored-by`` lines of a commit message, wherever these are."""
    found = (_CONTACT.fullmatch(value) for value in _values(message, "co-authored-by"))
    people = (Person(contact[1].strip() or contact[2], contact[2]) for contact in found if contact is not None)
    return tuple(dict.fromkeys(people))


def models_in(message: str) -> tuple[str, ...]:
    """The models in the ``Assisted-by`` lines: ``TOOL:MODEL [HOST]`` as this app writes them, or what people write."""
    return tuple(dict.fromkeys(name for value in _values(message, "assisted-by") if (name := model_name(value))))


def model_name(text: str) -> str:
    """A model's name alone: without a tool before a colon, a host in brackets, an address."""
    plain = " ".join(re.sub(r"\[[^\]]*\]|<[^>]*>", " ", text).split())
    tool = _TOOL.match(plain)
    return plain if tool is None else plain[tool.end() :]


def _values(message: str, key: str) -> Iterable[str]:
    return (found[2] for found in _TRAILER.finditer(message) if found[1].lower() == key)
