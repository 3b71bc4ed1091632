"""HTML that is safe because of how it is made: every text is escaped, every tag and link is on a list."""

import html
import re
from typing import NewType
from urllib.parse import quote

Html = NewType("Html", str)
"""Markup that came out of this module's functions, never out of a project's text."""

EMPTY = Html("")

_TAGS = frozenset(
    [
        "a", "abbr", "article", "aside", "b", "blockquote", "br", "button", "caption", "cite", "code", "dd",
        "details", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "header", "hr", "i",
        "li", "nav", "ol", "p", "pre", "s", "section", "small", "span", "strong", "sub", "summary", "sup", "table",
        "tbody", "td", "th", "tr", "u", "ul",
    ]
)  # fmt: skip
_VOID = frozenset({"br", "hr"})
_ATTRIBUTE = re.compile(r"class|id|title|href|role|open|colspan|tabindex|lang|(?:data|aria)-[a-z-]+")
_HREF = re.compile(r"(?:node|source|copy|app|https?|mailto):[^\s\"'<>\\]*|#[^\s\"'<>\\]*")
_UNPRINTABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def text(source: str) -> Html:
    """A project's text as markup that shows exactly this text.

    Characters that HTML forbids or that turn the direction of what follows become U+FFFD.
    """
    return Html(html.escape(_BIDI_CONTROLS.sub("\ufffd", _UNPRINTABLE.sub("\ufffd", source))))


def element(tag: str, *children: Html, **attributes: str | None) -> Html:
    """One element; attributes of None are left out, ``class_`` and ``data_x`` name ``class`` and ``data-x``.

    Raises ValueError for a tag, an attribute or a link that is on no list: a bug, as no text of a
    project chooses them.
    """
    if tag not in _TAGS:
        raise ValueError(f"no such tag here: {tag!r}")
    written = []
    for name, value in attributes.items():
        if value is None:
            continue
        key = name.rstrip("_").replace("_", "-")
        if _ATTRIBUTE.fullmatch(key) is None or (key == "href" and _HREF.fullmatch(value) is None):
            raise ValueError(f"no such attribute here: {key}={value!r}")
        written.append(f' {key}="{text(value)}"')
    opening = f"<{tag}{''.join(written)}>"
    return Html(opening if tag in _VOID else f"{opening}{''.join(children)}</{tag}>")


def join(parts: list[Html] | tuple[Html, ...], between: str = "") -> Html:
    """Several pieces of markup as one, with a plain text between them."""
    return Html(text(between).join(parts))


def node_href(node_id: str) -> str:
    """The link to a node, its id percent-encoded."""
    return "node:" + encoded(node_id)


def source_href(file: str, line: int) -> str:
    """The link to a line of a project's file."""
    return f"source:{encoded(file)}#{line}"


def copy_href(copied: str) -> str:
    """The link that copies a text to the clipboard."""
    return "copy:" + encoded(copied)


def app_href(deed: str) -> str:
    """The link to something that the app does, such as ``app:explain``; a page's own text never holds one."""
    return "app:" + encoded(deed)


def encoded(raw: str) -> str:
    """Any text percent-encoded so that it can stand in a link; lone surrogates are kept out."""
    return quote(raw.encode("utf-8", "replace"), safe="")


def web_href(address: str) -> str | None:
    """An address of the web or of mail in a form that may stand in a link, or None for any other."""
    cleaned = quote(address.strip().encode("utf-8", "replace"), safe=":/?#[]@!$&()*+,;=%~-._")
    return cleaned if re.match(r"(?i)(?:https?://|mailto:)[^/?#]", cleaned) and _HREF.fullmatch(cleaned) else None


def unrendered(source: str, reason: str, *, block: bool = False) -> Html:
    """Source that cannot be rendered, shown as it is; `reason` says why."""
    return element("pre" if block else "span", text(source), class_="unrendered", title=reason)
