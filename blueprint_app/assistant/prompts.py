"""The prompts: versioned Markdown files of the app, each of which a project may replace by its own."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.place import Place

OVERRIDES = "blueprint/prompts"
"""The folder of a project that may hold prompts of its own."""

LARGEST = 200_000
"""Bytes; a larger file is no prompt."""

_FRONT = re.compile(r"\ufeff?---[ \t]*\n(.*?)^---[ \t]*\n", re.DOTALL | re.MULTILINE)
_PART = re.compile(r"^# (System|User)[ \t]*$", re.MULTILINE)
_PLACEHOLDER = re.compile(r"<<(?:(include) )?([a-z-]+)>>")
_MEANT = re.compile(r"<<[^<>\n]{0,60}>>")
_VALUES = frozenset({"context", "note", "label", "declaration", "errors", "failures"})
_NEEDED = {"repair": "errors", "replan": "errors"}


class PromptError(BlueprintError):
    """A prompt that cannot be used, and the place in its file."""

    def __init__(self, what: str, place: Place) -> None:
        remedy = "Correct the file, or remove it to use the app's own prompt."
        super().__init__(f"{place}: {what}", remedy)
        self.place = place


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt ready to be filled in.

    `sha256` is of all its text, parts taken in from other files included; `overrides` are the files of the project
    that it was made from, as paths relative to the project's folder: none for the app's own prompt.
    """

    name: str
    version: str
    sha256: str
    system: str
    user: str
    overrides: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        """What records call it: ``prove/1``."""
        return f"{self.name}/{self.version}"

    @property
    def origin(self) -> str:
        """Where it comes from, for people to read."""
        return f"the project's own ({', '.join(self.overrides)})" if self.overrides else "built in"

    def filled(self, values: Mapping[str, str]) -> tuple[str, str]:
        """What to say to the model as the system and as the user.

        Values are put in as they are and never looked into, so that no text of a blueprint can be taken for a
        placeholder. An empty value leaves no gap.
        """
        return _filled(self.system, values), _filled(self.user, values)


def read_prompt(name: str, folder: Path | None = None) -> Prompt:
    """The prompt of that name: from ``blueprint/prompts/NAME.md`` in the project's `folder` if there is one, else ours.

    Raises PromptError for a file of the project that is damaged: it is never passed over in silence.
    """
    main = _read(name, folder)
    used = [main]
    parts = {role: _with_includes(part, line, main, folder, used) for role, (part, line) in _parts(main).items()}
    system, user = parts.get("System", "").strip(), parts["User"].strip()
    needed = _NEEDED.get(name, "context")
    if f"<<{needed}>>" not in user:
        raise PromptError(f"<<{needed}>> is missing from the part # User.", Place(main.shown, 1))
    digest = hashlib.sha256(f"{system}\0{user}".encode()).hexdigest()
    overrides = tuple(dict.fromkeys(each.shown for each in used if each.is_override))
    return Prompt(name, main.version, digest, system, user, overrides)


@cache
def prompts_folder() -> Path:
    """The folder of the app's own prompts: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "resources" / "prompts"
    return inside if inside.is_dir() else package.parent / "resources" / "prompts"


@dataclass(frozen=True, slots=True)
class _File:
    """One prompt file: its text behind the front matter, and the number of lines before that."""

    shown: str
    version: str
    body: str
    lines_before: int
    is_override: bool


def _read(name: str, folder: Path | None) -> _File:
    own = prompts_folder() / f"{name}.md"
    override = folder / OVERRIDES / f"{name}.md" if folder is not None else None
    if override is not None and folder is not None and (override.is_file() or override.is_symlink()):
        return _parsed(name, _text(override, folder), f"{OVERRIDES}/{name}.md", is_override=True)
    return _parsed(name, own.read_text(encoding="utf-8"), f"prompts/{own.name}", is_override=False)


def _text(path: Path, folder: Path) -> str:
    """The text of a project's prompt. One that lies elsewhere is refused: what it holds would be sent to a server."""
    place = Place(f"{OVERRIDES}/{path.name}", 0)
    try:
        if not path.resolve(strict=True).is_relative_to(folder.resolve()):
            raise PromptError("The file is a link to a place outside of the project.", place)
        if path.stat().st_size > LARGEST:
            raise PromptError(f"The file is larger than {LARGEST // 1000} kB.", place)
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise PromptError("The file is not UTF-8.", Place(place.file, line)) from error
    except OSError as error:
        raise PromptError(f"The file cannot be read ({error.strerror}).", place) from error


def _parsed(name: str, text: str, shown: str, *, is_override: bool) -> _File:
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    if front is None:
        raise PromptError("The file does not begin with name and version between two lines ---.", Place(shown, 1))
    try:
        fields = yaml.safe_load(front[1])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise PromptError(f"The front matter is not YAML: {error.problem}.", Place(shown, line)) from error
    if not isinstance(fields, dict) or fields.get("name") != name:
        raise PromptError(f"The front matter must say name: {name}.", Place(shown, 2))
    version = fields.get("version")
    if not isinstance(version, str | int | float) or not str(version).strip():
        raise PromptError("The front matter gives no version.", Place(shown, 2))
    return _File(shown, str(version).strip(), text[front.end() :], front[0].count("\n"), is_override)


def _parts(file: _File) -> dict[str, tuple[str, int]]:
    """The parts # System and # User: text, and the number of lines before it."""
    marks = list(_PART.finditer(file.body))
    names = [mark[1] for mark in marks]
    if "User" not in names or len(set(names)) < len(names):
        raise PromptError("There must be one part # User, and at most one # System.", Place(file.shown, 1))
    if stray := file.body[: marks[0].start()].strip():
        line = file.lines_before + file.body[: file.body.index(stray)].count("\n") + 1
        raise PromptError(f"Text stands before the part # {names[0]}.", Place(file.shown, line))
    ends = [mark.start() for mark in marks[1:]] + [len(file.body)]
    return {
        mark[1]: (file.body[mark.end() : end], file.lines_before + file.body.count("\n", 0, mark.end()))
        for mark, end in zip(marks, ends, strict=True)
    }


def _with_includes(text: str, line: int, file: _File, folder: Path | None, used: list[_File]) -> str:
    _check(text, line, file, may_include=True)

    def taken_in(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        place = Place(file.shown, line + text.count("\n", 0, found.start()) + 1)
        try:
            part = _read(found[2], folder)
        except FileNotFoundError as error:
            raise PromptError(f"There is no prompt {found[2]} to include.", place) from error
        _check(part.body, part.lines_before, part, may_include=False)
        used.append(part)
        return part.body.strip()

    return _PLACEHOLDER.sub(taken_in, text)


def _check(text: str, line: int, file: _File, *, may_include: bool) -> None:
    for found in _MEANT.finditer(text):
        word = _PLACEHOLDER.fullmatch(found[0])
        if word is None or not (may_include if word[1] else word[2] in _VALUES):
            known = ", ".join(f"<<{value}>>" for value in sorted(_VALUES))
            place = Place(file.shown, line + text.count("\n", 0, found.start()) + 1)
            raise PromptError(f"{found[0]} is not known here; there are {known}.", place)


def _filled(template: str, values: Mapping[str, str]) -> str:
    # An empty value on a line of its own goes with the blank lines before it.
    for name in (name for name in _VALUES if not values.get(name, "").strip()):
        template = re.sub(rf"\n*^<<{name}>>$", "", template, flags=re.MULTILINE)
    return _PLACEHOLDER.sub(lambda found: values.get(found[2], "").strip("\n"), template).strip()
