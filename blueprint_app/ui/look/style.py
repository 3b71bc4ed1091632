"""How ordinary widgets look: one flat style from the theme's colours, on an 8-pixel grid, at any zoom."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from blueprint_app.export.engine_files import resource_folder
from blueprint_app.ui.theme import DARK, LIGHT, Theme, palette_of, system_theme

_SHEET = """
QWidget {{ font-size: {size}pt; }}
QLabel#title {{ font-size: {title_size}pt; font-weight: 600; }}
QLabel#heading {{ font-weight: bold; }}
QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; }}
QMainWindow::separator:hover {{ background: {accent}; }}
QToolBar {{ background: {panel}; border: 0; border-bottom: 1px solid {line}; spacing: 4px; padding: 2px 8px; }}
QToolBar QLabel {{ color: {muted}; padding-left: 8px; }}
QToolBar#changed_strip {{ border-top: 1px solid {line}; border-bottom: 0; padding: 1px 8px; }}
QTabWidget::pane {{ border: 0; }}
QTabBar::tab {{ background: transparent; color: {muted}; border: 0; border-bottom: 2px solid transparent;
    padding: 4px 12px; }}
QTabBar::tab:selected {{ color: {text}; border-bottom-color: {accent}; }}
QTabBar::tab:hover {{ color: {text}; }}
QStatusBar {{ background: {panel}; border-top: 1px solid {line}; color: {muted}; }}
QStatusBar::item {{ border: 0; }}
QStatusBar QLabel {{ color: {muted}; padding: 0 6px; }}
QMenuBar {{ background: {panel}; }}
QTreeView, QTableView, QListWidget {{ background: {panel}; selection-background-color: {accent};
    selection-color: {accent_text}; outline: 0; }}
QTreeView::item:selected, QListWidget::item:selected {{ background: {accent}; color: {accent_text}; }}
QTreeView::item:hover:!selected, QListWidget::item:hover:!selected {{ background: {line}; }}
QTableView::item {{ padding: 0 8px; }}
QHeaderView::section {{ background: {panel}; color: {muted}; border: 0; border-bottom: 1px solid {line};
    padding: 4px 8px; }}
QLineEdit {{ background: {raised}; border: 1px solid {line}; border-radius: 4px; padding: 4px 8px; }}
QLineEdit:focus {{ border-color: {accent}; }}
QAbstractSpinBox {{ min-height: 26px; }}
QToolButton {{ border: 0; border-radius: 4px; padding: 4px 6px; }}
QToolButton[popupMode="2"] {{ padding-right: 18px; }}
QToolButton::menu-indicator {{ subcontrol-origin: padding; subcontrol-position: center right; right: 4px; }}
QToolButton:hover {{ background: {line}; }}
QToolButton:checked {{ background: {line}; }}
QToolButton#fold {{ padding-left: 0; }}
QToolButton#fold:checked {{ background: transparent; }}
QListWidget#choices {{ background: {raised}; border: 1px solid {line}; border-radius: 4px; padding: 4px; }}
QListWidget#choices::item {{ padding: 4px 6px; border-radius: 3px; }}
QToolButton#search {{ background: {raised}; border: 1px solid {line}; color: {muted}; padding: 2px 12px; }}
QToolButton#search:hover {{ border-color: {accent}; }}
QPushButton {{ background: {raised}; border: 1px solid {line}; border-radius: 4px; padding: 4px 12px; }}
QPushButton:hover, QPushButton:focus {{ border-color: {accent}; }}
QPushButton#primary {{ background: {accent}; color: {accent_text}; border-color: {accent}; padding: 7px 16px; }}
QPushButton#link {{ background: transparent; border-color: transparent; color: {accent}; text-align: left;
    padding: 4px 8px; margin-left: -8px; }}
QPushButton#link:hover, QPushButton#link:focus {{ background: {line}; }}
QPushButton#accent {{ background: {accent}; color: {accent_text}; border-color: {accent}; }}
QPushButton#accent:disabled, QPushButton#primary:disabled {{ background: {line}; color: {muted};
    border-color: {line}; }}
QLabel#faint {{ color: {muted}; }}
QLabel#label {{ color: {muted}; font-family: monospace; }}
QLabel#node_heading {{ font-weight: bold; }}
QLabel#remark {{ border-left: 3px solid {warning}; padding: 2px 8px; }}
QWidget#line {{ background: {line}; }}
QWidget#foot {{ border-top: 1px solid {line}; }}
QLabel#foot {{ color: {muted}; }}
QPlainTextEdit {{ background: {raised}; border: 1px solid {line}; border-radius: 4px; padding: 2px 4px; }}
QPlainTextEdit:focus {{ border-color: {accent}; }}
QTreeView#sections::item {{ padding: 3px 0; }}
QTreeView#sections {{ background: {raised}; border: 1px solid {line}; border-radius: 4px; padding: 4px; }}
QLabel#faint[tone="trouble"], QLabel#trouble {{ color: {error}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 12px; height: 12px; background: {raised};
    border: 1px solid {muted}; border-radius: 2px; }}
QRadioButton::indicator {{ border-radius: 7px; }}
QCheckBox::indicator:checked {{ background: {accent}; border-color: {accent}; image: url("{tick}"); }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:unchecked:focus {{ border-color: {accent}; }}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {line}; }}
QCheckBox::indicator:checked:disabled {{ background: {muted}; }}
QFrame#rule {{ background: {line}; border: 0; }}
QScrollArea#start_page, QScrollArea#start_page > QWidget > QWidget {{ background: {ground}; }}
QFrame#notice {{ background: {raised}; border: 0; border-bottom: 1px solid {line}; }}
QFrame#notice[tone="trouble"] {{ border-left: 4px solid {error}; }}
QFrame#notice[tone="news"] {{ border-left: 4px solid {accent}; }}
QFrame#reading_bar {{ background: {panel}; border: 0; border-bottom: 1px solid {line}; }}
QFrame#reading_bar QFrame#chip {{ background: {raised}; border: 1px solid {line}; border-radius: 4px; }}
QFrame#reading_bar QFrame#words QLabel {{ color: {muted}; }}
QFrame#reading_bar QToolButton {{ color: {muted}; padding: 0; }}
QFrame#reading_bar QToolButton:hover, QFrame#reading_bar QToolButton:focus {{ color: {text}; background: {line}; }}
QFrame#reading_bar QPushButton {{ background: transparent; border: 0; color: {accent}; padding: 2px 6px; }}
QFrame#reading_bar QPushButton:hover, QFrame#reading_bar QPushButton:focus {{ background: {line}; }}
QFrame#finder {{ background: {panel}; border: 1px solid {muted}; border-radius: 8px; }}
QToolTip {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
"""


def theme_named(name: str) -> Theme:
    """The theme of a setting: "light", "dark", or what the system asks for."""
    return {"light": LIGHT, "dark": DARK}.get(name) or system_theme()


def apply_theme(app: QApplication, theme: Theme, zoom: float, base_font: QFont) -> None:
    """Give every widget the theme's palette and sheet, and `base_font` scaled by `zoom`."""
    font = QFont(base_font)
    font.setPointSizeF(base_font.pointSizeF() * zoom)
    app.setFont(font)
    app.setPalette(palette_of(theme))
    names = ("ground", "panel", "raised", "text", "muted", "line", "accent", "accent_text", "error", "warning")
    # Widgets under a style sheet do not follow the application's font: their size has to stand in the sheet.
    size = font.pointSizeF()
    sizes = {"size": f"{size:.2f}", "title_size": f"{1.7 * size:.2f}"}
    tick = (resource_folder("icons") / f"tick-{theme.name}.svg").as_posix()
    app.setStyleSheet(_SHEET.format(**sizes, tick=tick, **{name: getattr(theme, name) for name in names}))
