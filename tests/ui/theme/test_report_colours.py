"""The report's style sheet stands for itself, and says the same colours as the window."""

import re

import pytest

from blueprint_app.export.engine_files import resource_folder
from blueprint_app.export.prose.page import slug
from blueprint_app.model.headline import Headline
from blueprint_app.ui.theme import DARK, LIGHT, Theme, headline_style

SHARED = (
    "ground",
    "panel",
    "raised",
    "text",
    "muted",
    "line",
    "accent",
    "edge",
    "impact",
    "paper",
    "warning",
    "error",
    "success",
)


def variables(theme: Theme) -> dict[str, str]:
    """The variables of the sheet's block for a theme, colours in full and in capitals."""
    light, dark = re.findall(r":root \{(.*?)\}", (resource_folder("report") / "report.css").read_text("utf-8"), re.S)
    found = re.findall(r"--([a-z-]+): (#[0-9a-f]+);", dark if theme.is_dark else light)
    return {
        name: "#" + (colour[1:] if len(colour) == 7 else re.sub("(.)", r"\1\1", colour[1:])).upper()
        for name, colour in found
    }


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_colours_are_the_windows(theme: Theme) -> None:
    found = variables(theme)
    assert {name: found[name] for name in SHARED} == {name: getattr(theme, name) for name in SHARED}
    for headline in Headline:
        style, name = headline_style(headline, theme), slug(headline)
        assert (found[f"{name}-fill"], found[name], found[f"{name}-text"]) == (style.fill, style.border, style.text)
