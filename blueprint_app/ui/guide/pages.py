"""The pages of the guide: where they lie, in which order, and what they look like as markup.

A page is named by its place beside the index: those of the reference are ``../reference/NAME.md``.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from blueprint_app.model.errors import BlueprintError

INDEX = "index.md"

_PAGE = re.compile(r"(?:\.\./reference/)?[\w-]+\.md")
_PICTURE = re.compile(r"\.\./images/guide/[\w-]+\.png")


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
    html = str(_parser().render(text))
    # Qt would show the end of the last line of a listing as a line of its own.
    html = html.replace("\n</code></pre>", "</code></pre>")
    # The lines of a text are set apart, which a picture is not to be.
    return html.replace("<p><img ", '<p class="picture"><img ')


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


def linked_page(address: str, page: str = INDEX) -> str:
    """The page that a link on `page` leads to; "" for a link that leads out of the guide."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path)).removeprefix("../guide/")
    return path if _PAGE.fullmatch(path) else ""


def links_of(text: str) -> tuple[str, ...]:
    """The addresses of all links of a page."""
    return tuple(link.page for token in _parser().parse(text) for link in _links(token))


def pictures_of(text: str) -> tuple[tuple[str, str], ...]:
    """The address of each picture of a page, and the text that stands for it."""
    children = (child for token in _parser().parse(text) for child in token.children or ())
    return tuple((str(each.attrGet("src")), each.content) for each in children if each.type == "image")


def picture_file(address: str) -> Path | None:
    """Where a picture lies that a page shows; nothing for what is no picture of the guide, or is not there."""
    path = guide_folder() / address
    return path if _PICTURE.fullmatch(address) and path.is_file() else None


def _links(token: Token) -> Iterator[Entry]:
    children = token.children or []
    for number, child in enumerate(children):
        if child.type == "link_open":
            yield Entry(children[number + 1].content, str(child.attrGet("href")))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("image", _picture)
    return parser


def _picture(_renderer: RendererHTML, tokens: Sequence[Token], at: int, _options: OptionsDict, _env: EnvType) -> str:
    """A picture, which tells what it shows; where it is not there, these words alone."""
    address, words = str(tokens[at].attrGet("src")), escape(tokens[at].content)
    if picture_file(address) is None:
        return f"<i>{words}</i>"
    return f'<img src="{escape(address)}" alt="{words}" title="{words}">'
