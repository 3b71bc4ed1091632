"""The mathematics engine as a part of a page: the same parts, macros and fonts as in the app's own pages."""

import base64
import json
from collections.abc import Mapping

from blueprint_app.export.engine_files import engine_folder
from blueprint_app.export.prose import EngineMacro

PACKAGES = (
    "ams", "amscd", "boldsymbol", "braket", "cancel", "cases", "centernot", "color", "configmacros", "empheq",
    "enclose", "extpfeil", "gensymb", "mathtools", "newcommand", "textcomp", "textmacros", "unicode", "upgreek", "verb",
)  # fmt: skip
"""The engine's extensions, as the app's own pages have them: none that loads code or writes HTML."""

_PARTS = ("core", "input/tex-base", "output/svg", "output/svg/fonts/tex")
_EXTENSION = "input/tex/extensions/{}"
_FACES = (("Regular", "font-weight: 400"), ("Bold", "font-weight: 700"), ("Italic", "font-style: italic"))


def engine_script() -> str:
    """A script that defines `engineParts`, functions by the names that the engine asks for; none where it is missing.

    They run when they are called: a page without a formula in sight pays nothing.
    """
    folder = engine_folder()
    if folder is None:
        return "const engineParts = {};"
    names = ("startup", *_PARTS, *(_EXTENSION.format(name) for name in PACKAGES))
    parts = [f"{json.dumps(name)}: function () {{\n{(folder / f'{name}.js').read_text('utf-8')}\n}}" for name in names]
    joined = ",\n".join(parts)
    # What would end the script element stands in no string of the engine's in any other sense.
    return f"const engineParts = {{\n{joined}\n}};".replace("</script", "<\\/script").replace("<!--", "<\\!--")


def engine_settings(macros: Mapping[str, EngineMacro]) -> str:
    """What the engine is told, as JSON that may stand in a page."""
    told = {"packages": PACKAGES, "macros": macros}
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def text_faces() -> str:
    """The engine's font for text, so that words and formulas match; as CSS with the font in it."""
    folder = engine_folder()
    if folder is None:
        return ""
    return "\n".join(
        f'@font-face {{ font-family: "Mathematics"; {style}; src: url("data:font/woff;base64,{_face(name)}"); }}'
        for name, style in _FACES
    )


def _face(name: str) -> str:
    folder = engine_folder()
    assert folder is not None
    data = (folder / "output" / "chtml" / "fonts" / "woff-v2" / f"MathJax_Main-{name}.woff").read_bytes()
    return base64.b64encode(data).decode()
