"""Arithmetic of colours: contrast and mixing, so that what must be readable can be computed and tested."""

from functools import lru_cache

from PySide6.QtGui import QColor

_SOME = 4096
"""A project has few colours, and asks for each of its nodes."""


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue in 0..1 of a CSS colour; one that cannot be read counts as mid grey."""
    value = QColor(colour)
    return (value.redF(), value.greenF(), value.blueF()) if value.isValid() else (0.5, 0.5, 0.5)


@lru_cache(_SOME)
def luminance(colour: str) -> float:
    """Relative luminance in 0..1 (WCAG 2.2, "relative luminance")."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache(_SOME)
def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, from 1 (alike) to 21 (WCAG 2.2, "contrast ratio")."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@lru_cache(_SOME)
def mix(one: str, other: str, share: float) -> str:
    """The colour that is `share` (0..1) of `other` and the rest of `one`, as ``#rrggbb``."""
    blend = [a + (b - a) * share for a, b in zip(channels(one), channels(other), strict=True)]
    return QColor.fromRgbF(*blend).name()


@lru_cache(_SOME)
def most_readable(ground: str, *candidates: str) -> str:
    """The candidate with the highest contrast on `ground`; the first of equals."""
    return max(candidates, key=lambda colour: contrast(ground, colour))
