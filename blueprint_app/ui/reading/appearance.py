"""The app's theme for the page: colours, sizes and the same marks as in the graph, as a style sheet."""

from urllib.parse import quote

from PySide6.QtGui import QFont, QFontInfo, QPainterPath

from blueprint_app.export.prose.page import slug
from blueprint_app.model.headline import Headline
from blueprint_app.ui.theme import LIGHT, Line, Mark, Theme, headline_style
from blueprint_app.ui.theme.marks import STROKE, mark_colours, mark_shape

_COLOURS = ("ground", "panel", "raised", "text", "muted", "line", "accent", "warning", "error", "success")
_BORDERS = {Line.DASHED: "dashed", Line.DOUBLE: "double"}


def theme_css(theme: Theme, font: QFont) -> str:
    """The page's variables and the looks of headlines; `font` is the app's own, its size in pixels counts."""
    info = QFontInfo(font)
    variables = [f"--{name}: {getattr(theme, name)};" for name in _COLOURS]
    family = info.family().replace("\\", "").replace('"', "")
    variables += [f'--ui-font: "{family}", system-ui, sans-serif;', f"--ui-size: {info.pixelSize()}px;"]
    return ":root { " + " ".join(variables) + " }\n" + "\n".join(_headline_css(item, theme) for item in Headline)


def _headline_css(headline: Headline, theme: Theme) -> str:
    style = headline_style(headline, theme)
    name = slug(headline)
    line = _BORDERS.get(style.line, "solid")
    width = 3 if style.line is Line.DOUBLE else 1
    hatching = (
        f" background-image: repeating-linear-gradient(135deg, transparent 0 5px, {style.border}40 5px 6px);"
        if style.hatched
        else ""
    )
    badge = f"color: {style.text}; background-color: {style.fill}; border: {width}px {line} {style.border};{hatching}"
    image = _mark_image(style.mark, style.border, style.fill if theme is not LIGHT else theme.ground)
    return f".badge.headline-{name} {{ {badge} }}\n.mark-{name} {{ {image} }}"


def _mark_image(mark: Mark, border: str, ground: str) -> str:
    """A mark as a background image; a headline without a mark shows a small disc."""
    if mark is Mark.NONE:
        drawn = f"<circle r='0.62' fill='none' stroke='{border}' stroke-width='0.24'/>"
    else:
        shape = mark_shape(mark)
        disc, ink = mark_colours(mark, border, ground)
        paint = f"fill='{ink}'" if shape.filled else f"fill='none' stroke='{ink}' stroke-width='{STROKE}'"
        drawn = (
            f"<circle r='1' fill='{disc}' stroke='{border}' stroke-width='0.16'/>"
            f"<path d='{_path_data(shape.path)}' {paint} stroke-linecap='round' stroke-linejoin='round'/>"
        )
    image = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='-1.1 -1.1 2.2 2.2'>{drawn}</svg>"
    return f'background-image: url("data:image/svg+xml,{quote(image)}");'


def _path_data(path: QPainterPath) -> str:
    """A path in the notation of SVG 1.1, section 8.3."""
    parts = []
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        kind = element.type
        letter = {
            QPainterPath.ElementType.MoveToElement: "M",
            QPainterPath.ElementType.LineToElement: "L",
            QPainterPath.ElementType.CurveToElement: "C",
            QPainterPath.ElementType.CurveToDataElement: "",
        }[kind]
        parts.append(f"{letter}{element.x:.3f} {element.y:.3f}")
    return " ".join(parts)
