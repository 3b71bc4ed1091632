"""What a person is told of the watching itself: plain values, for the window or the terminal to word and place."""

from dataclasses import dataclass
from enum import StrEnum


class NoticeCode(StrEnum):
    """What a notice is about; a later one of the same pair takes back an earlier one."""

    POLLING = "polling"
    """The system cannot tell of changes here; the files are looked at every so often."""
    WATCHING = "watching"
    """The system tells of changes again."""
    FOLDER_GONE = "folder-gone"
    """The project's folder is not there; what was read last stays."""
    FOLDER_BACK = "folder-back"
    UNREADABLE = "unreadable"
    """The project cannot be read as it is now; what was read last stays."""
    READABLE = "readable"


@dataclass(frozen=True, slots=True)
class Notice:
    """A change in how far the project can be followed; `message` says what is so, `hint` what to do."""

    code: NoticeCode
    message: str
    hint: str = ""
