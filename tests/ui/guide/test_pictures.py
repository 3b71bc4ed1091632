"""The pictures of the guide: all are there, all are shown, none is large, and each fits its page."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage, QTextDocument

from blueprint_app.ui.guide import pages
from blueprint_app.ui.guide.browser import PageBrowser, fitted_picture
from blueprint_app.ui.guide.pages import guide_folder, page_html, page_text, picture_file, pictures_of
from blueprint_app.ui.guide.window import GuideWindow
from blueprint_app.ui.theme import LIGHT

FOLDER = (guide_folder() / "../images/guide").resolve()
PAGES = sorted(path.name for path in guide_folder().glob("*.md"))
SHOWN = {address: words for page in PAGES for address, words in pictures_of(page_text(page))}
LEAST, LARGEST = 10_000, 120_000
"""Bytes: an empty part of the window takes less than the one."""


def test_every_picture_that_a_page_shows_is_there_and_every_picture_is_shown():
    assert len(SHOWN) >= 8
    assert {address.rpartition("/")[2] for address in SHOWN} == {path.name for path in FOLDER.iterdir()}
    assert [address for address in SHOWN if picture_file(address) is None] == []


@pytest.mark.parametrize("address", SHOWN)
def test_a_picture_shows_something_is_small_and_says_in_words_what_it_shows(address):
    file = picture_file(address)
    assert LEAST <= file.stat().st_size <= LARGEST
    assert not QImage(str(file)).isNull()
    assert len(SHOWN[address].split()) >= 5


@pytest.mark.parametrize(
    "address",
    ["../images/guide/none.png", "../images/window-light.png", "../images/guide/../../x.png", "/x.png", "x.svg", ""],
)
def test_nothing_else_is_loaded(address, qtbot):
    assert picture_file(address) is None
    assert fitted_picture(address, 100, 1.0) is None
    browser = PageBrowser()
    qtbot.addWidget(browser)
    assert browser.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(address)) is None


def test_a_picture_that_is_not_there_leaves_its_words():
    html = page_html('![a "b" <c>](../images/guide/none.png)')
    assert "<img" not in html
    assert "<i>a &quot;b&quot; &lt;c&gt;</i>" in html


@pytest.fixture
def pictures(tmp_path, monkeypatch):
    """A guide of one page with a picture of 1200 × 400 pixels and one of 90 × 30."""
    folder = tmp_path / "images" / "guide"
    folder.mkdir(parents=True)
    for name, width in (("large", 1200), ("small", 90)):
        image = QImage(width, width // 3, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        image.save(str(folder / f"{name}.png"))
    (tmp_path / "guide").mkdir()
    text = "# One\n\n![large one](../images/guide/large.png)\n\n![small one](../images/guide/small.png)\n"
    (tmp_path / "guide" / "index.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(pages, "guide_folder", lambda: tmp_path / "guide")


@pytest.mark.usefixtures("pictures")
def test_pictures_are_no_wider_than_the_text_and_follow_it(qtbot):
    guide = GuideWindow(pages.contents(), lambda _address: None, LIGHT)
    qtbot.addWidget(guide)
    guide.show()

    def size(name):
        kind = QTextDocument.ResourceType.ImageResource.value
        image = guide.browser.document().resource(kind, QUrl(f"../images/guide/{name}.png"))
        return image.deviceIndependentSize().toSize().toTuple()

    widths = []
    for width in (800, 1000, 700):
        guide.resize(width, 600)
        text = guide.browser.viewport().width() - 48
        assert size("large") == (text, round(text / 3))
        assert size("small") == (60, 20)
        assert guide.browser.document().idealWidth() <= guide.browser.viewport().width()
        widths.append(text)
    assert len(set(widths)) == 3
    guide.resize(1900, 600)
    assert size("large") == (720, 240)


@pytest.mark.usefixtures("pictures")
def test_a_picture_is_sharp_where_pixels_are_small():
    picture = fitted_picture("../images/guide/large.png", 300, 2.0)
    assert picture.size().toTuple() == (600, 200)
    assert picture.deviceIndependentSize().toTuple() == (300, 100)


def test_a_picture_brings_its_words_along():
    html = page_html(page_text("drift.md"))
    (words,) = [words for address, words in pictures_of(page_text("drift.md")) if "drift" in address]
    assert f'alt="{words}"' in html
    assert f'title="{words}"' in html
