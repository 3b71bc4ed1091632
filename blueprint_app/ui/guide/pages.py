"""The pages of the guide: where they lie, in which order, and what they look like as markup."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token

from blueprint_app.model.errors import BlueprintError

INDEX = "index.md"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: a page's file, or "" for a heading."""

    title: str
    page: str = ""


@cache
def guide_folder() -> Path:
    """Where the pages lie: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "guide"
    return inside if inside.is_dir() else package.parent / "docs" / "guide"


def page_text(page: str, folder: Path | None = None) -> str:
    """The Markdown of a page. Raises `BlueprintError` where it is not there."""
    path = (folder or guide_folder()) / page
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise BlueprintError(
            f"A page of the guide cannot be read: {path} ({reason}).", "Install the app again."
        ) from error


def page_html(text: str) -> str:
    """A page as markup; HTML within it is shown as text."""
    return str(_parser().render(text))


def contents(folder: Path | None = None) -> tuple[Entry, ...]:
    """What the index lists: the index itself, then its headings that have pages, each with these."""
    tokens = _parser().parse(page_text(INDEX, folder))
    entries: list[Entry] = []
    heading = ""
    for token, before in zip(tokens[1:], tokens, strict=False):
        if token.type != "inline":
            continue
        if before.type == "heading_open":
            heading = token.content
            entries += [Entry(heading, INDEX)] if before.tag == "h1" else []
        else:
            links = [each for each in _links(token) if linked_page(each.page)]
            entries += [Entry(heading), *links] if links and entries[-1].title and heading else links
            heading = "" if links else heading
    return tuple(entries)


def linked_page(address: str) -> str:
    """The page that a link within the guide leads to; "" for any other link."""
    parts = urlsplit(address)
    is_page = not parts.scheme and not parts.netloc and parts.path.endswith(".md") and "/" not in parts.path
    return parts.path if is_page else ""


def links_of(text: str) -> tuple[str, ...]:
    """The addresses of all links of a page."""
    return tuple(link.page for token in _parser().parse(text) for link in _links(token))


def _links(token: Token) -> Iterator[Entry]:
    children = token.children or []
    for number, child in enumerate(children):
        if child.type == "link_open":
            yield Entry(children[number + 1].content, str(child.attrGet("href")))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")
