"""The light and the dark theme: every colour of the app that does not say something about a node."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme, as ``#rrggbb``.

    `ground` lies behind graph and text, `panel` behind lists and bars, `raised` behind fields and
    small cards. `muted` is for text of second rank; `line` separates, `accent` marks the selection.
    `edge` and `faint_edge` are edges close up and in the overview; `foundation` and `impact` the
    highlighted ones. `paper` is what a node without a fill of its own stands on.
    """

    name: str
    is_dark: bool
    ground: str
    panel: str
    raised: str
    text: str
    muted: str
    line: str
    accent: str
    accent_text: str
    edge: str
    faint_edge: str
    foundation: str
    impact: str
    paper: str
    paper_text: str
    group_fill: str
    group_line: str
    warning: str
    error: str
    success: str


LIGHT = Theme(
    name="light", is_dark=False,
    ground="#FFFFFF", panel="#F6F7F9", raised="#FFFFFF",
    text="#1C2024", muted="#5A626B", line="#D9DEE4",
    accent="#2F5BEA", accent_text="#FFFFFF",
    edge="#78828D", faint_edge="#C3CAD2", foundation="#2F5BEA", impact="#B0246F",
    paper="#FFFFFF", paper_text="#000000",
    group_fill="#F7F8FA", group_line="#C9D0D8",
    warning="#8A5A00", error="#B3261E", success="#007A59",
)  # fmt: skip

DARK = Theme(
    name="dark", is_dark=True,
    ground="#16191D", panel="#1C2025", raised="#23282E",
    text="#E8EAED", muted="#A3ABB5", line="#343B43",
    accent="#8AB0FF", accent_text="#0B0D0F",
    edge="#87919C", faint_edge="#454D57", foundation="#8AB0FF", impact="#F08FC0",
    paper="#ECEEF1", paper_text="#000000",
    group_fill="#1B1F24", group_line="#3B434C",
    warning="#E0A040", error="#FF8A80", success="#3CC39A",
)  # fmt: skip


def system_theme() -> Theme:
    """The theme that the desktop asks for."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def palette_of(theme: Theme) -> QPalette:
    """The Qt palette of a theme, for ordinary widgets."""
    role = QPalette.ColorRole
    palette = QPalette()
    for name, colour in {
        role.Window: theme.panel,
        role.WindowText: theme.text,
        role.Base: theme.raised,
        role.AlternateBase: theme.panel,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Accent: theme.accent,
        role.Light: theme.raised,
        role.Midlight: theme.line,
        role.Mid: theme.line,
        role.Dark: theme.muted,
        role.Shadow: theme.line,
    }.items():
        palette.setColor(name, QColor(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.muted))
    return palette
