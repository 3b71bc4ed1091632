"""The web view behind the reading pane, shut off from network, files and every script but ours."""

import json
import logging
import time
from collections.abc import Callable, Mapping

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QContextMenuEvent
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
    QWebEngineUrlRequestJob,
    QWebEngineUrlScheme,
    QWebEngineUrlSchemeHandler,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QMenu, QWidget

from blueprint_app.export.prose.formulas import EngineMacro
from blueprint_app.export.prose.page import PageContent
from blueprint_app.ui.reading.files import served

log = logging.getLogger(__name__)

SCHEME = QByteArray(b"blueprint-reading")
SHELL = QUrl("blueprint-reading://app/reading.html")

CRASH_PAUSE = 60.0
"""Seconds: a second crash within this time means that the web engine cannot run here."""


def register_scheme() -> bool:
    """Make our own scheme known; must come before any other object of the web engine. Whether it is known."""
    if not QWebEngineUrlScheme.schemeByName(SCHEME).name().isEmpty():
        return True
    scheme = QWebEngineUrlScheme(SCHEME)
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    # Without ContentSecurityPolicyIgnored the policy in the shell holds for our own files as well.
    scheme.setFlags(QWebEngineUrlScheme.Flag.SecureScheme | QWebEngineUrlScheme.Flag.CorsEnabled)
    QWebEngineUrlScheme.registerScheme(scheme)
    return not QWebEngineUrlScheme.schemeByName(SCHEME).name().isEmpty()


class OwnFiles(QWebEngineUrlSchemeHandler):
    """Answers requests for the shell's and the engine's files, and refuses all others."""

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        answer = served(job.requestUrl().path())
        if answer is None:
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        kind, content = answer
        buffer = QBuffer(job)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        job.reply(QByteArray(kind), buffer)


class OnlyOwnRequests(QWebEngineUrlRequestInterceptor):
    """Blocks every request that leaves our own scheme, as a second wall behind the page's policy."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.blocked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        own = url.scheme().encode() == SCHEME.data() and url.host() == "app"
        inline_image = (
            url.scheme() == "data" and info.resourceType() == QWebEngineUrlRequestInfo.ResourceType.ResourceTypeImage
        )
        if not (own or inline_image):
            self.blocked.append(url.toDisplayString())
            info.block(True)


class ReadingPage(QWebEnginePage):
    """The one document: it is loaded once, and every link in it becomes a request to the app."""

    link_activated = Signal(str)
    reported = Signal(dict)

    def __init__(self, profile: QWebEngineProfile, parent: QWidget) -> None:
        super().__init__(profile, parent)
        self.titleChanged.connect(self._on_title_changed)
        settings = self.settings()
        allowed = {QWebEngineSettings.WebAttribute.JavascriptEnabled}
        for attribute in (
            QWebEngineSettings.WebAttribute.JavascriptEnabled,
            QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
            QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
            QWebEngineSettings.WebAttribute.LocalStorageEnabled,
            QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
            QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
            QWebEngineSettings.WebAttribute.PluginsEnabled,
            QWebEngineSettings.WebAttribute.PdfViewerEnabled,
            QWebEngineSettings.WebAttribute.WebGLEnabled,
            QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled,
            QWebEngineSettings.WebAttribute.DnsPrefetchEnabled,
            QWebEngineSettings.WebAttribute.ErrorPageEnabled,
            QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
            QWebEngineSettings.WebAttribute.ScreenCaptureEnabled,
        ):
            settings.setAttribute(attribute, attribute in allowed)

    def acceptNavigationRequest(self, url: QUrl | str, _kind: QWebEnginePage.NavigationType, _is_main: bool) -> bool:
        address = QUrl(url)
        if address == SHELL:
            return True
        if address.scheme().encode() == SCHEME.data() and address.path() == SHELL.path():
            return address.hasFragment()
        self.link_activated.emit(bytes(address.toEncoded().data()).decode())
        return False

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        # A middle click or a link for a new window is an ordinary click here.
        return self

    def javaScriptConsoleMessage(
        self, _level: QWebEnginePage.JavaScriptConsoleMessageLevel, _message: str, _line: int, _source: str
    ) -> None:
        """Chromium's notes on the engine's files are no news for a person."""

    def call(self, function: str, *arguments: object, then: Callable[[object], None] | None = None) -> None:
        """Call one of the shell's functions with JSON values; `then` gets its answer, a JSON value."""
        written = ", ".join(json.dumps(argument) for argument in arguments)
        script = f"JSON.stringify(reading.{function}({written}) ?? null)"
        if then is None:
            self.runJavaScript(script)
        else:
            self.runJavaScript(script, 0, lambda answer: then(json.loads(answer) if answer else None))

    def _on_title_changed(self, title: str) -> None:
        # The title is the shell's way to report: a page's script can set it, and nothing else reads it.
        if title.startswith("{"):
            self.reported.emit(json.loads(title))


class WebReader(QWebEngineView):
    """Shows pages in one shell, which is loaded again only for other macros or after a crash."""

    link_activated = Signal(str)
    rendered = Signal(str, int, int, bool)
    """Node id, formulas on the page, how many the engine rejected, and whether all are done."""
    words_found = Signal(int)
    """How many places hold the words that were looked for."""
    failed = Signal(str)
    """The engine cannot run here; why, in plain words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        profile, self.requests = _private_profile()
        page = ReadingPage(profile, self)
        # Children go in the order in which they came: the profile must outlive its page.
        profile.setParent(self)
        page.link_activated.connect(self.link_activated)
        page.reported.connect(self._on_reported)
        page.loadFinished.connect(self._on_loaded)
        page.renderProcessTerminated.connect(self._on_crashed)
        page.findTextFinished.connect(lambda found: self.words_found.emit(found.numberOfMatches()))
        self.setPage(page)
        self._document = page
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._let_go)
        self._shown: PageContent | None = None
        self._number = 0
        self._macros: Mapping[str, EngineMacro] | None = None
        self._is_ready = False
        self._look = ("", False, "#FFFFFF")
        self._last_crash = float("-inf")

    def document(self) -> ReadingPage:
        """The page, for calls into the shell."""
        return self._document

    def show_page(self, content: PageContent, *, grows: bool = False) -> None:
        """Show a node's page; the shell stays unless the project's macros changed."""
        self._shown = content
        self._number += 1
        if self._macros is None or (content.macros is not self._macros and content.macros != self._macros):
            self._macros = content.macros
            self._load()
        elif self._is_ready:
            self._document.call("grow" if grows else "show", self._number, content.node, content.html)

    def set_look(self, css: str, is_dark: bool, ground: str) -> None:
        """Take on a theme's style sheet."""
        self._look = (css, is_dark, ground)
        # What is painted before the shell is there must not flash white in the dark.
        self._document.setBackgroundColor(QColor(ground))
        if self._is_ready:
            self._document.call("theme", css, is_dark)

    def find_words(self, words: str, *, backwards: bool = False) -> None:
        """Mark the next place that holds these words; none for no words."""
        flags = QWebEnginePage.FindFlag.FindBackward if backwards else QWebEnginePage.FindFlag(0)
        self._document.findText(words, flags)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        for action in (QWebEnginePage.WebAction.Copy, QWebEnginePage.WebAction.SelectAll):
            menu.addAction(self.pageAction(action))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def _let_go(self) -> None:
        """End the page before the application: the engine's own order at its exit is not safe."""
        shiboken6.delete(self._document)

    def _load(self) -> None:
        self._is_ready = False
        self._document.load(SHELL)

    def _on_loaded(self, succeeded: bool) -> None:
        if self._is_ready:
            return  # The end of a navigation that was refused: the shell still stands.
        if not succeeded:
            self.failed.emit("the page's own files could not be loaded")
            return
        self._is_ready = True
        self._document.call("theme", *self._look[:2])
        self._document.call("start", self._macros)
        if self._shown is not None:
            self._document.call("show", self._number, self._shown.node, self._shown.html)

    def _on_reported(self, told: dict[str, object]) -> None:
        if self._shown is None or told.get("page") != self._number:
            return
        formulas, rejected = int(str(told["formulas"])), int(str(told["rejected"]))
        self.rendered.emit(self._shown.node, formulas, rejected, told["state"] == "complete")

    def _on_crashed(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        if status == QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        log.warning("the web engine's process ended: %s, code %s", status.name, code)
        again, self._last_crash = time.monotonic() - self._last_crash < CRASH_PAUSE, time.monotonic()
        self._is_ready = False
        if again:
            self.failed.emit("the web engine's process ended twice")
        else:
            self._load()


def _private_profile() -> tuple[QWebEngineProfile, OnlyOwnRequests]:
    """A profile that keeps nothing and loads nothing but our own files."""
    profile = QWebEngineProfile()
    profile.setPersistentPermissionsPolicy(QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime)
    profile.installUrlSchemeHandler(SCHEME, OwnFiles(profile))
    requests = OnlyOwnRequests(profile)
    profile.setUrlRequestInterceptor(requests)
    profile.setSpellCheckEnabled(False)
    profile.downloadRequested.connect(lambda download: download.cancel())
    return profile, requests
