"""Text cut to the outlines of nodes: never overlapping, never clipped, measured once."""

from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A line of text: `x`, `y` its baseline's left end relative to the node's middle, in pixels."""

    text: str
    x: float
    y: float
    is_caption: bool


@lru_cache(maxsize=64)
def font_of(pixels: int, *, semibold: bool = False) -> QFont:
    """The app's font at a pixel size."""
    font = QFont(QGuiApplication.font())
    font.setPixelSize(max(pixels, 1))
    if semibold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


@lru_cache(maxsize=64)
def metrics_of(pixels: int, *, semibold: bool = False) -> QFontMetricsF:
    """Metrics of `font_of`."""
    return QFontMetricsF(font_of(pixels, semibold=semibold))


@lru_cache(maxsize=100_000)
def width_of(text: str, pixels: int, *, semibold: bool = False) -> float:
    """The width of a line of text in pixels."""
    return metrics_of(pixels, semibold=semibold).horizontalAdvance(text)


@lru_cache(maxsize=50_000)
def elided(text: str, pixels: int, room: float) -> str:
    """The text, cut with an ellipsis where `room` is too small; empty where not even two letters fit."""
    if width_of(text, pixels) <= room:
        return text
    short = metrics_of(pixels).elidedText(text, Qt.TextElideMode.ElideRight, room)
    return "" if len(short.rstrip(ELLIPSIS)) < 2 else short


def chord(width: float, height: float, box: bool, y: float) -> float:
    """The room for text at the distance `y` from a node's middle."""
    if box:
        return width - max(6.0, 0.06 * width) if abs(y) < height / 2 else 0.0
    share = 1 - (2 * y / height) ** 2
    return 0.95 * width * sqrt(share) if share > 0 else 0.0


@lru_cache(maxsize=50_000)
def one_line(label: str, pixels: int, width: float, height: float, box: bool) -> tuple[WrittenLine, ...]:
    """The short label, centred."""
    metrics = metrics_of(pixels)
    text = elided(label, pixels, chord(width, height, box, 0.3 * pixels))
    return (WrittenLine(text, -width_of(text, pixels) / 2, metrics.capHeight() / 2, False),) if text else ()


@lru_cache(maxsize=50_000)
def title_lines(
    caption: str, title: str, label: str, pixels: int, caption_pixels: int, width: float, height: float, box: bool
) -> tuple[WrittenLine, ...]:
    """The caption ("Lemma 2.3") above the title on as many lines as the outline has room for.

    Where the title would have to be cut and the short label would not, the label stands in its place.
    """
    leading, caption_leading = 1.25 * pixels, 1.3 * caption_pixels
    inner = 0.92 * height if box else 0.86 * height
    most = max(int((inner - caption_leading) / leading), 1)
    if caption_leading + leading > inner * 1.12:
        return one_line(label, pixels, width, height, box)
    cut: list[str] = []
    for count in range(1, most + 1):
        lines, whole = _wrapped(title, pixels, _rooms(count, leading, caption_leading, width, height, box))
        if whole:
            return _stacked(caption, lines, pixels, caption_pixels, width, height, box)
        if sum(map(len, lines)) >= sum(map(len, cut)):
            cut = lines
    lines, whole = _wrapped(label, pixels, _rooms(1, leading, caption_leading, width, height, box))
    if not whole and len(" ".join(cut)) >= 0.6 * len(title):
        lines = cut
    return _stacked(caption, lines if whole or lines is not cut else cut, pixels, caption_pixels, width, height, box)


def _rooms(count: int, leading: float, caption_leading: float, width: float, height: float, box: bool) -> list[float]:
    """The room of each title line when there are `count` of them below a caption."""
    top = -(caption_leading + count * leading) / 2 + caption_leading
    middles = [top + (number + 0.5) * leading for number in range(count)]
    return [chord(width, height, box, abs(y) + 0.3 * leading) for y in middles]


def _wrapped(text: str, pixels: int, rooms: list[float]) -> tuple[list[str], bool]:
    """Words filled into lines of the given widths, and whether all of them found room."""
    words = text.split(" ")
    lines: list[str] = []
    for number, room in enumerate(rooms):
        line = ""
        while words and width_of(f"{line} {words[0]}".strip(), pixels) <= room:
            line = f"{line} {words.pop(0)}".strip()
        if words and number == len(rooms) - 1:
            line = elided(" ".join([line, *words]).strip(), pixels, room)
            return [*lines, line], False
        if words and not line:
            return [*lines, elided(words[0], pixels, room)], False
        lines.append(line)
    return lines, not words


def _stacked(
    caption: str, lines: list[str], pixels: int, caption_pixels: int, width: float, height: float, box: bool
) -> tuple[WrittenLine, ...]:
    leading, caption_leading = 1.25 * pixels, 1.3 * caption_pixels
    y = -(caption_leading + len(lines) * leading) / 2
    room = chord(width, height, box, abs(y + 0.5 * caption_leading) + 0.3 * caption_pixels)
    # Where not even the caption fits, the number alone tells the node.
    shown = (
        caption
        if width_of(caption, caption_pixels) <= room
        else elided(caption.rsplit(" ", 1)[-1], caption_pixels, room)
    )
    written = []
    if shown:
        baseline = y + caption_leading / 2 + metrics_of(caption_pixels).capHeight() / 2
        written.append(WrittenLine(shown, -width_of(shown, caption_pixels) / 2, baseline, True))
    y += caption_leading
    for line in lines:
        if line:
            baseline = y + leading / 2 + metrics_of(pixels).capHeight() / 2
            written.append(WrittenLine(line, -width_of(line, pixels) / 2, baseline, False))
        y += leading
    return tuple(written)
