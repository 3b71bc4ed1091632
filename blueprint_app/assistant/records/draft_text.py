"""A draft as the ``.lean`` file beside its record, and back: nothing of it may be lost on the way."""

import re

from blueprint_app.verify.draft import Draft

_HEAD = re.compile(r"-- (\d{1,6}) lines of helpers, then the proof\n")


def text_of_draft(draft: Draft) -> str:
    """The proof alone where there are no helpers; else a comment that counts their lines, the helpers, the proof."""
    if not draft.helpers and not _HEAD.match(draft.proof):
        return draft.proof
    lines = draft.helpers.count("\n") + 1 if draft.helpers else 0
    helpers = f"{draft.helpers}\n" if draft.helpers else ""
    return f"-- {lines} lines of helpers, then the proof\n{helpers}{draft.proof}"


def draft_in_text(text: str) -> Draft:
    """The draft that such a file holds."""
    head = _HEAD.match(text)
    if head is None:
        return Draft(text)
    count, rest = int(head[1]), text[head.end() :]
    lines = rest.split("\n")
    return Draft("\n".join(lines[count:]), "\n".join(lines[:count]))
