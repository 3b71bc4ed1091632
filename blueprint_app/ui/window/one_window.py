"""One window for a project: who starts the app with a project that is open already gets the window that shows it."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from blueprint_app.user_folders import cache_folder

if TYPE_CHECKING:
    from blueprint_app.ui.project.session import OpenProject
    from blueprint_app.ui.window.main_window import MainWindow

_ASK, _ANSWER = b"raise", b"raised"
_WAIT_MS = 1000
_LONGEST = 100
"""What the system takes as the path of a socket."""


def raise_other(project: Path) -> bool:
    """Have another process's window that shows `project` come to the front; whether there is one. Blocks shortly."""
    socket = _connected(project)
    if socket is None:
        return False
    socket.write(_ASK)
    # One that does not answer is about to end, or hangs: better two windows than none.
    return socket.waitForReadyRead(_WAIT_MS) and bytes(socket.readAll().data()) == _ANSWER


class OpenMark(QObject):
    """Tells later starts of the app that a window shows a project, for as long as it does."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._servers: list[QLocalServer] = []
        window.session.opened.connect(self._on_opened)
        window.session.closed.connect(self._forget)

    def _on_opened(self, project: "OpenProject") -> None:
        self._forget()
        # A snapshot file is not the project that it was made of.
        folder = project.path if project.is_packed else Path(project.snapshot.blueprint.folder)
        for place in {project.path.resolve(), folder.resolve()}:
            self._listen(place)

    def _listen(self, project: Path) -> None:
        address = _address(project)
        if not address or _connected(project) is not None:
            return
        # What a killed process left there.
        QLocalServer.removeServer(address)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(lambda: self._on_connected(server))
        if server.listen(address):
            self._servers.append(server)

    def _forget(self) -> None:
        for server in self._servers:
            server.close()
            server.deleteLater()
        self._servers = []

    def _on_connected(self, server: QLocalServer) -> None:
        while (socket := server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._on_asked(socket))
            socket.disconnected.connect(socket.deleteLater)

    def _on_asked(self, socket: QLocalSocket) -> None:
        if bytes(socket.readAll().data()) == _ASK:
            self._raise()
            socket.write(_ANSWER)
            socket.flush()

    def _raise(self) -> None:
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        # Where a desktop lets no program take the front, its entry in the task bar asks for attention.
        QApplication.alert(window)


def _connected(project: Path) -> QLocalSocket | None:
    address = _address(project)
    if not address:
        return None
    socket = QLocalSocket()
    socket.connectToServer(address)
    return socket if socket.waitForConnected(_WAIT_MS) else None


def _address(project: Path) -> str:
    """The socket of a project, in a folder of the user's own; "" where there can be none."""
    name = hashlib.sha256(str(project).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    folder = cache_folder() / "open"
    if os.name == "nt":
        return f"blueprint-explorer-{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}-{name}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return ""
    address = str(folder / name)
    return address if len(os.fsencode(address)) <= _LONGEST else ""
