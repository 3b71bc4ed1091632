"""Says over a graph whose edges nobody wrote that this is so, where it cannot be folded away."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from blueprint_app.ui.canvas.beside.legend import DOTTED, edge_sample
from blueprint_app.ui.canvas.canvas import GraphCanvas
from blueprint_app.ui.theme.themes import Theme

_WIDTH, _HEIGHT = 28, 12


class InferredMark(QToolButton):
    """`clicked` is a person's wish to see only what was written."""

    def __init__(self, canvas: GraphCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self.setObjectName("inferred")
        self.setText(" Inferred edges  ×")
        self.setAccessibleName("Hide inferred edges")
        self.setToolTip(
            "The authors wrote nowhere what uses what: these edges are concluded from references in the text, "
            "and from what Lean's declarations use where Lean was asked.\nClick to hide them."
        )
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIconSize(QSize(_WIDTH, _HEIGHT))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        canvas.scene_changed.connect(self._on_scene_changed)
        self._on_scene_changed()

    def _on_scene_changed(self) -> None:
        scene, theme = self._canvas.scene, self._canvas.scene.theme
        self.setIcon(self._arrow(theme))
        self.setStyleSheet(
            f"QToolButton#inferred {{ background: {theme.panel}; color: {theme.text}; border: 1px solid {theme.line};"
            " border-radius: 4px; padding: 3px 8px; }"
            f"QToolButton#inferred:hover, QToolButton#inferred:focus {{ border-color: {theme.accent}; }}"
        )
        self.adjustSize()
        self.setVisible(scene.is_inferred and bool(scene.ids))

    def _arrow(self, theme: Theme) -> QIcon:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(_WIDTH * ratio), round(_HEIGHT * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge_sample(DOTTED)(painter, QRectF(0, 0, _WIDTH, _HEIGHT), theme)
        painter.end()
        return QIcon(pixmap)
