"""Buttons that take another line rather than widen the panel."""

from PySide6.QtWidgets import QPushButton, QWidget

from blueprint_app.ui.look.flow_row import SPACING, FlowRow


def test_a_narrow_row_takes_more_lines_and_demands_no_more_width_than_its_widest(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowRow(holder)
    buttons = [QPushButton(f"Do the thing number {number}") for number in range(6)]
    for button in buttons:
        row.addWidget(button)
    width, height = buttons[0].sizeHint().width(), buttons[0].sizeHint().height()
    assert row.minimumSize().width() <= width
    assert row.heightForWidth(7 * width) == height
    assert row.heightForWidth(2 * width + SPACING) == 3 * height + 2 * SPACING
    holder.resize(2 * width + SPACING, 400)
    holder.show()
    tops = [button.y() for button in buttons]
    assert tops[0] == tops[1] < tops[2] == tops[3] < tops[4] == tops[5]


def test_one_that_shrinks_keeps_to_its_line_and_its_margins(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    row = FlowRow(holder, shrinks=True, line_spacing=4)
    row.setContentsMargins(12, 4, 12, 4)
    buttons = [QPushButton("A long name of a thing that is shown"), QPushButton("Show all")]
    for button in buttons:
        row.addWidget(button)
    height = buttons[0].sizeHint().height()
    assert row.minimumSize().width() == 24
    assert row.heightForWidth(124) == 2 * height + 4 + 8
    holder.resize(124, 400)
    holder.show()
    assert (buttons[0].x(), buttons[0].y(), buttons[0].width()) == (12, 4, 100)
    assert buttons[1].y() == 4 + height + 4
