"""Check boxes and radio buttons in both themes: what is chosen is seen before what is not."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QStyle, QStyleOptionButton

from blueprint_app.ui.look.style import apply_theme
from blueprint_app.ui.theme import DARK, LIGHT
from blueprint_app.ui.theme.colour import contrast


@pytest.fixture(params=[LIGHT, DARK], ids=lambda theme: theme.name)
def theme(request, qapp):
    before = qapp.styleSheet(), qapp.palette(), qapp.font()
    apply_theme(qapp, request.param, 1.0, qapp.font())
    yield request.param
    qapp.setStyleSheet(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


def colours_of_indicator(widget):
    option = QStyleOptionButton()
    widget.initStyleOption(option)
    element = QStyle.SubElement.SE_CheckBoxIndicator
    if isinstance(widget, QRadioButton):
        element = QStyle.SubElement.SE_RadioButtonIndicator
    place = widget.style().subElementRect(element, option, widget)
    image = widget.grab().toImage()
    ratio = image.devicePixelRatio()
    return [
        image.pixelColor(round(x * ratio), round(y * ratio)).name().upper()
        for x in range(place.left(), place.right() + 1)
        for y in range(place.top(), place.bottom() + 1)
    ]


@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_what_is_chosen_wears_the_accent_and_what_is_not_has_an_outline(qtbot, theme, kind):
    widget = kind("Follow changes")
    widget.setAutoExclusive(False)
    widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    qtbot.addWidget(widget)
    widget.resize(200, 30)
    widget.show()
    QApplication.processEvents()
    empty = colours_of_indicator(widget)
    assert theme.accent not in empty
    # A round outline is softened at its edges.
    assert sum(contrast(colour, theme.panel) > 2 for colour in empty) >= 12
    widget.setChecked(True)
    chosen = colours_of_indicator(widget)
    assert chosen.count(theme.accent) > 40
    assert contrast(theme.accent, theme.panel) >= 3
    inside = QColor(theme.accent_text if kind is QCheckBox else theme.raised).name().upper()
    assert chosen.count(inside) >= 4
