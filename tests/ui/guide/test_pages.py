"""The guide as it is written: its links lead to its pages, and its index lists them all."""

import pytest

from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.headline import Headline
from blueprint_app.ui.guide.pages import (
    INDEX,
    contents,
    guide_folder,
    linked_page,
    links_of,
    page_html,
    page_text,
)

REFERENCE = sorted(f"../reference/{path.name}" for path in (guide_folder() / "../reference").glob("*.md"))
PAGES = [*REFERENCE, *sorted(path.name for path in guide_folder().glob("*.md"))]


def test_there_are_pages():
    assert INDEX in PAGES
    assert len(PAGES) >= 15
    assert REFERENCE


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_page_or_to_the_web(page):
    links = links_of(page_text(page))
    assert links
    for address in links:
        assert linked_page(address, page) in PAGES or address.startswith("https://"), address


def test_the_contents_list_every_page_once():
    listed = [entry.page for entry in contents() if entry.page]
    assert listed[0] == INDEX
    assert sorted(listed) == PAGES
    assert sorted(listed[-len(REFERENCE) :]) == REFERENCE


def test_the_contents_have_headings_that_hold_pages(tmp_path):
    listed = "- [A](a.md): a\n- [B](b.md): b\n"
    text = f"# Guide\n\n[Far](https://example.org) and on.\n\n## One\n\n{listed}\n## Words\n\nNone.\n"
    (tmp_path / INDEX).write_text(text, encoding="utf-8")
    found = [(entry.title, entry.page) for entry in contents(tmp_path)]
    assert found == [("Guide", INDEX), ("One", ""), ("A", "a.md"), ("B", "b.md")]


@pytest.mark.parametrize(
    "address",
    [
        *("../README.md", "../adr/a.md", "../reference/../../README.md", "/reference/a.md", "a.txt"),
        *("https://example.org/a.md", "file:///a.md", "//host/a.md", "#a", ""),
    ],
)
@pytest.mark.parametrize("page", [INDEX, "../reference/commands.md"])
def test_other_links_lead_to_no_page(address, page):
    assert linked_page(address, page) == ""


def test_links_of_the_reference_lead_on_and_back():
    assert linked_page("../reference/settings.md", "drift.md") == "../reference/settings.md"
    assert linked_page("settings.md", "../reference/commands.md") == "../reference/settings.md"
    assert linked_page("../guide/drift.md", "../reference/commands.md") == "drift.md"


def test_html_in_a_page_stays_text():
    assert "<script>" not in page_html("<script>alert(1)</script>")


def test_a_page_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BlueprintError, match="cannot be read"):
        page_text("none.md", tmp_path)


def test_every_headline_is_explained():
    text = page_text("statuses-and-evidence.md")
    assert [headline for headline in Headline if f"| {headline} |" not in text] == []
