"""What a million tokens of each model cost, as a small table that always has one empty row to go on in."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from blueprint_app.assistant.endpoints.endpoint import Price

_COLUMNS = ("Model", "Prompt, $", "Answer, $", "Cached, $")
MODEL, PROMPT, COMPLETION, CACHED = range(len(_COLUMNS))


class PriceTable(QTableWidget):
    """`changed` says that a price was edited."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, len(_COLUMNS), parent)
        self.setHorizontalHeaderLabels(_COLUMNS)
        self.setAccessibleName("Prices of a million tokens")
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(MODEL, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setTabKeyNavigation(False)
        self.cellChanged.connect(lambda _row, _column: self._on_edited())

    @property
    def prices(self) -> dict[str, Price]:
        """The rows that say a model's name and both prices."""
        found = {}
        for row in range(self.rowCount()):
            name, prompt, completion = self._text(row, MODEL), self._number(row, PROMPT), self._number(row, COMPLETION)
            if name and prompt is not None and completion is not None:
                found[name] = Price(prompt, completion, self._number(row, CACHED))
        return found

    @property
    def problem(self) -> str:
        """What is wrong with a row, in words; "" if nothing is."""
        for row in range(self.rowCount()):
            texts = [self._text(row, column) for column in range(len(_COLUMNS))]
            numbers = [self._number(row, column) for column in (PROMPT, COMPLETION)]
            if any(texts) and (not texts[MODEL] or None in numbers):
                return f"The price of {texts[MODEL] or 'a model'} needs a model and two numbers."
            if texts[CACHED] and self._number(row, CACHED) is None:
                return f"The cached price of {texts[MODEL]} is no number."
        return ""

    def show_prices(self, prices: Mapping[str, Price]) -> None:
        """Show these prices and one empty row."""
        self.blockSignals(True)
        self.clearContents()
        self.setRowCount(len(prices) + 1)
        for row, (name, price) in enumerate(prices.items()):
            cached = "" if price.cached is None else f"{price.cached:g}"
            for column, text in enumerate((name, f"{price.prompt:g}", f"{price.completion:g}", cached)):
                self._put(row, column, text)
        self.blockSignals(False)
        self._fit()

    def _put(self, row: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        if column != MODEL:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setItem(row, column, item)

    def _on_edited(self) -> None:
        last = self.rowCount() - 1
        if any(self._text(last, column) for column in range(len(_COLUMNS))):
            self.insertRow(last + 1)
            self._fit()
        self.changed.emit()

    def _fit(self) -> None:
        rows = min(max(self.rowCount(), 2), 4)
        height = self.horizontalHeader().sizeHint().height() + rows * self.verticalHeader().defaultSectionSize() + 4
        self.setFixedHeight(height)

    def _text(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text().strip() if item is not None else ""

    def _number(self, row: int, column: int) -> float | None:
        try:
            number = float(self._text(row, column).replace(",", "."))
        except ValueError:
            return None
        return number if 0 <= number < 1e9 else None
