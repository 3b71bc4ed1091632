"""What must be read can be read: contrast ratios of WCAG in both themes."""

import pytest
from PySide6.QtGui import QColor

from blueprint_app.model.headline import Headline
from blueprint_app.ui.theme import DARK, LIGHT, Theme, headline_style, palette_of
from blueprint_app.ui.theme.colour import contrast, luminance, mix, most_readable

both_themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("green", "white") == contrast("#ffffff", "#008000")
    assert luminance("#ffffff") == pytest.approx(1)


def test_mixing_and_choosing():
    assert mix("#000000", "#ffffff", 0.0) == "#000000"
    assert mix("#000000", "#ffffff", 1.0) == "#ffffff"
    assert mix("#ff0000", "#0000ff", 0.5) == "#800080"
    assert most_readable("#1CAC78", "#000000", "#ffffff") == "#000000"
    assert most_readable("#003322", "#000000", "#ffffff") == "#ffffff"


@both_themes
@pytest.mark.parametrize("headline", Headline)
def test_headlines_are_readable(headline: Headline, theme: Theme):
    style = headline_style(headline, theme)
    assert contrast(style.text, style.fill) >= 4.5
    assert max(contrast(style.border, theme.ground), contrast(style.fill, theme.ground)) >= 3
    assert contrast(style.border, theme.ground) >= 3


@both_themes
@pytest.mark.parametrize("headline", Headline)
def test_a_faded_node_can_still_be_read_but_steps_back(headline: Headline, theme: Theme):
    style = headline_style(headline, theme)
    faded = style.faded(theme)
    assert contrast(faded.text, faded.fill) >= 4.5
    assert contrast(faded.border, theme.ground) < contrast(style.border, theme.ground)


@both_themes
def test_the_app_is_readable(theme: Theme):
    for ground in (theme.ground, theme.panel, theme.raised):
        assert contrast(theme.text, ground) >= 7
        assert contrast(theme.muted, ground) >= 4.5
        for colour in (theme.accent, theme.warning, theme.error, theme.success):
            assert contrast(colour, ground) >= 3
    assert contrast(theme.accent_text, theme.accent) >= 4.5
    for edge in (theme.edge, theme.foundation, theme.impact):
        assert contrast(edge, theme.ground) >= 3
    assert contrast(theme.foundation, theme.faint_edge) > 1.5


def test_headlines_never_differ_by_colour_alone():
    looks = {(style.mark, style.line, style.hatched) for style in (headline_style(h, LIGHT) for h in Headline)}
    assert len(looks) == len(Headline)


def test_palette_follows_the_theme(qapp):
    palette = palette_of(DARK)
    assert palette.color(palette.ColorRole.WindowText) == QColor(DARK.text)
    assert palette.color(palette.ColorRole.Base) == QColor(DARK.raised)
