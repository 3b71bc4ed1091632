"""Sections as blocks whose ends no text inside can forge: blueprint text is data, whatever it says."""

import hashlib
from collections.abc import Sequence

from blueprint_app.assistant.context.sections import Context, Part, Section


def data_of(context: Context) -> str:
    """The sections of a context, one block after the other; the user's own note is none of them."""
    sections = [section for section in context.sections if section.part is not Part.NOTE]
    key = key_for([section.text for section in sections])
    return "\n\n".join(_block(section, key) for section in sections)


def key_for(texts: Sequence[str]) -> str:
    """Eight digits that occur in none of the texts and are the same whenever the texts are."""
    digest = hashlib.sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()
    while any(digest[:8] in text for text in texts):
        digest = hashlib.sha256(digest.encode()).hexdigest()
    return digest[:8]


def _block(section: Section, key: str) -> str:
    named = [("part", section.part.value), ("node", section.node or ""), ("lean", section.declaration)]
    attributes = "".join(
        f' {name}="{_attribute(value)}"' for name, value in (*named, ("title", section.title)) if value
    )
    return f"<data-{key}{attributes}>\n{section.text}\n</data-{key}>"


def _attribute(value: str) -> str:
    """A value on one line that cannot end its own quotation marks or the mark around it."""
    plain = " ".join(value.split())
    return plain.replace('"', "''").replace("<", "‹").replace(">", "›")
