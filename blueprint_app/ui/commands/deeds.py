"""What a window's commands do, by what it concerns: the parts are asked, and nothing is decided here."""

from typing import TYPE_CHECKING

from blueprint_app.ui.commands.at_hand import AtHand
from blueprint_app.ui.commands.conditions import Conditions
from blueprint_app.ui.commands.files import Files
from blueprint_app.ui.commands.help import Help
from blueprint_app.ui.commands.looking import Looking
from blueprint_app.ui.commands.nodes import Nodes
from blueprint_app.ui.commands.panels import Panels
from blueprint_app.ui.commands.places import Places
from blueprint_app.ui.commands.setting_up import SettingUp
from blueprint_app.ui.views.view import GRAPH

if TYPE_CHECKING:
    from blueprint_app.ui.window.main_window import MainWindow


class Deeds:
    """The deeds of one window; what a part of it does by itself is asked of that part."""

    def __init__(self, window: "MainWindow") -> None:
        self.session = window.session
        self.store = window.store
        self.settings = window.settings
        self.asking = window.asking
        self.assistant = window.assistant
        self.search = window.search
        self.attempts = window.attempts
        self.batch = window.batch
        self.standing = window.standing
        self.reading = window.reading
        self.next = window.next
        self.progress = window.progress
        self.tour = window.tour
        self.at_hand = AtHand(window)
        self.files = Files(window)
        self.places = Places(window)
        self.nodes = Nodes(window)
        self.looking = Looking(window)
        self.panels = Panels(window)
        self.setting_up = SettingUp(window)
        self.help = Help(window)
        self.conditions = Conditions(self)
        self.views = ((GRAPH, "&Graph"), *((view.name, view.title) for view in window.views))
