"""Takes apart the pages of a built leanblueprint site: graphs, and the box of each node."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

_GRAPH = re.compile(r"\.renderDot\(\s*`(.*?)`\s*\)", re.DOTALL)
_MODAL = re.compile(r"<div[^>]*\bid=\"(?P<id>[^\"]*)_modal\"[^>]*>")
_NEXT = re.compile(r"<div[^>]*\bclass=\"dep-modal-container\"|</body>|<script\b")
_HEADING = re.compile(
    r"<span class=\"(?P<kind>[\w-]+)_thmcaption\">\s*(?P<caption>.*?)\s*</span>"
    r"(?:\s*<span class=\"[\w-]+_thmlabel\">\s*(?P<number>.*?)\s*</span>)?"
    r"(?:\s*<span class=\"[\w-]+_thmtitle\">\s*(?P<title>.*?)\s*</span>)?",
    re.DOTALL,
)
_CONTENT = re.compile(r"<div class=\"[\w-]*thmcontent\">", re.DOTALL)
_DIV = re.compile(r"<(/?)div\b[^>]*>")
_LEAN = re.compile(r"class=\"[^\"]*\blean_decl\b[^\"]*\"[^>]*href=\"([^\"]*)\"|href=\"([^\"]*)\"[^>]*\blean_decl\b")
_DISCUSSION = re.compile(r"href=\"[^\"]*/issues/(\d+)\"")
_LINK = re.compile(r"class=\"latex_link\"[^>]*href=\"([^\"#]*)")
_ENTRY = re.compile(
    r"<a href=\"(?P<page>[^\"#]*)\">\s*<span class=\"toc_ref\">(?P<number>.*?)</span>\s*"
    r"<span class=\"toc_entry\">(?P<title>.*?)</span>",
    re.DOTALL,
)
_HEAD_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NodeBox:
    """The box of a node on a graph's page: `content` is its HTML, `page` the page of the text that it stands on."""

    id: str
    kind: str
    caption: str
    number: str
    title: str
    content: str
    lean: tuple[str, ...]
    discussion: str | None
    page: str


def graphs_in(page: str) -> Iterator[tuple[int, str]]:
    """The DOT texts on a page with their offsets."""
    for found in _GRAPH.finditer(page):
        yield found.start(1), found[1]


def chapters_in(index: str) -> dict[str, tuple[str, str]]:
    """Number and title (HTML) of each page of the text, from the table of contents on the first page."""
    found: dict[str, tuple[str, str]] = {}
    for entry in _ENTRY.finditer(index):
        found.setdefault(unquote(unescape(entry["page"])), (unescape(entry["number"]), entry["title"]))
    return found


def site_title(index: str) -> str:
    """The HTML of the title of a site, from its first page."""
    found = _HEAD_TITLE.search(index)
    return found[1] if found else ""


def boxes_in(page: str) -> Iterator[NodeBox]:
    """The boxes of nodes on a page, in its order."""
    for found in _MODAL.finditer(page):
        following = _NEXT.search(page, found.end())
        text = page[found.end() : following.start() if following else len(page)]
        heading = _HEADING.search(text)
        lean = (unescape(each[0] or each[1]) for each in _LEAN.findall(text))
        discussion = _DISCUSSION.search(text)
        link = _LINK.search(text)
        yield NodeBox(
            unescape(found["id"]),
            heading["kind"] if heading else "",
            (heading["caption"] or "") if heading else "",
            unescape(heading["number"] or "") if heading else "",
            (heading["title"] or "") if heading else "",
            _content(text),
            tuple(dict.fromkeys(_declaration(address) for address in lean)),
            discussion[1] if discussion else None,
            unquote(unescape(link[1])) if link else "",
        )


def _content(text: str) -> str:
    opening = _CONTENT.search(text)
    if opening is None:
        return ""
    level = 1
    for found in _DIV.finditer(text, opening.end()):
        level += -1 if found[1] else 1
        if not level:
            return text[opening.end() : found.start()]
    return text[opening.end() :]


def _declaration(address: str) -> str:
    """The Lean name in an address of its documentation."""
    return unquote(address.rsplit("#doc/", 1)[-1] if "#doc/" in address else address.rsplit("#", 1)[-1])
