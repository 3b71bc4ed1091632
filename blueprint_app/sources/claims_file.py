"""Reads ``blueprint/claims.yaml``, in which a team keeps who works on what; docs/reference/formats.md describes it."""

import os
from datetime import date
from pathlib import Path

import yaml

from blueprint_app.model.claim import CLAIMS_FILE, CLAIMS_SCHEMA, NO_CLAIMS, Claim, ProjectClaims
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.yaml_text import compose

LARGEST = 2**20
"""Bytes; an entry has about a hundred."""

_FIELDS = frozenset({"node", "by", "since", "expires", "note"})
_LONGEST = 1000
_HINT = "The guide (F1) describes the form, under File formats."


def read_claims(folder: Path) -> ProjectClaims:
    """The claims of a project; what cannot be read is told with its line, and the rest counts."""
    path = folder / CLAIMS_FILE
    if not os.path.lexists(path):
        return NO_CLAIMS
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            return _unread("it is a link that leads out of the project")
        if not real.is_file():
            return _unread("it is no file")
        if real.stat().st_size > LARGEST:
            return _unread(f"it has more than {LARGEST:,} bytes")
        text = real.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return _unread("it is not in UTF-8")
    except (OSError, RuntimeError) as error:
        return _unread(getattr(error, "strerror", None) or str(error))
    return claims_in(text)


def claims_in(text: str) -> ProjectClaims:
    """The claims that the text of such a file holds."""
    reader = _Reader()
    return ProjectClaims(reader.claims(text), tuple(reader.remarks), text)


def _unread(why: str) -> ProjectClaims:
    message = f"{CLAIMS_FILE} was not read: {why}."
    remark = Diagnostic(Severity.ERROR, "claims-damaged", message, "No claim is known.", Place(CLAIMS_FILE, 0))
    return ProjectClaims((), (remark,), "")


class _DamagedError(Exception):
    """What is wrong with an entry, and where."""

    def __init__(self, message: str, node: yaml.Node) -> None:
        super().__init__(message)
        self.message, self.line = message, node.start_mark.line + 1


class _Reader:
    def __init__(self) -> None:
        self.remarks: list[Diagnostic] = []

    def claims(self, text: str) -> tuple[Claim, ...]:
        try:
            root = compose(text)
        except yaml.YAMLError as error:
            mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
            self._fault(f"This is no YAML: {problem or error}.", mark.line + 1 if mark else 0, Severity.ERROR)
            return ()
        except (RecursionError, ValueError) as error:
            self._fault(f"This is no YAML: {error}.", 0, Severity.ERROR)
            return ()
        if root is None:
            return ()
        try:
            return self._all(root)
        except _DamagedError as error:
            self._fault(error.message, error.line, Severity.ERROR)
            return ()

    def _all(self, root: yaml.Node) -> tuple[Claim, ...]:
        entries = _entries(root, "The file")
        schema = _text(entries["schema"], "schema") if "schema" in entries else ""
        if schema != CLAIMS_SCHEMA:
            is_later = schema.startswith(CLAIMS_SCHEMA.rpartition("/")[0] + "/")
            said = "is of a later version of this application" if is_later else f"does not say schema: {CLAIMS_SCHEMA}"
            raise _DamagedError(f"The file {said}.", entries.get("schema", root))
        listed = entries.get("claims")
        if listed is None or (isinstance(listed, yaml.ScalarNode) and listed.value in ("", "null", "~")):
            return ()
        if not isinstance(listed, yaml.SequenceNode):
            raise _DamagedError("`claims` must be a list.", listed)
        return tuple(claim for each in listed.value if (claim := self._claim(each)) is not None)

    def _claim(self, node: yaml.Node) -> Claim | None:
        """An entry; one that is damaged is reported and claims nothing."""
        try:
            entries = _entries(node, "A claim")
            for key in entries.keys() - _FIELDS:
                self._fault(f"The key {key[:40]!r} means nothing here.", _line(entries[key]), Severity.NOTE)
            for key in ("node", "by"):
                if key not in entries or not _text(entries[key], key):
                    raise _DamagedError(f"This claim does not say `{key}`.", node)
            return Claim(
                _text(entries["node"], "node"),
                _text(entries["by"], "by"),
                _date(entries, "since"),
                _date(entries, "expires"),
                _text(entries["note"], "note") if "note" in entries else "",
                Place(CLAIMS_FILE, _line(node), end_line=_last_line(node)),
            )
        except _DamagedError as error:
            self._fault(error.message, error.line, Severity.WARNING)
            return None

    def _fault(self, message: str, line: int, severity: Severity) -> None:
        place = Place(CLAIMS_FILE, line)
        self.remarks.append(Diagnostic(severity, "claims-damaged", message, _HINT, place))


def _entries(node: yaml.Node, what: str) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _DamagedError(f"{what} must be a mapping of fields.", node)
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _text(key, "key")
        if name in found:
            raise _DamagedError(f"The key {name[:40]!r} is there twice.", key)
        found[name] = value
    return found


def _text(node: yaml.Node, key: str) -> str:
    """One line of text, without what could steer a terminal."""
    if not isinstance(node, yaml.ScalarNode):
        raise _DamagedError(f"The value of `{key}` must be a text.", node)
    if len(node.value) > _LONGEST:
        raise _DamagedError(f"The value of `{key}` has more than {_LONGEST} characters.", node)
    return "".join(each if each.isprintable() else " " for each in node.value).strip()


def _date(entries: dict[str, yaml.Node], key: str) -> date | None:
    text = _text(entries[key], key) if key in entries else ""
    if text in ("", "null", "~"):
        return None
    try:
        return date.fromisoformat(text[:10] if text[10:11] in ("", "T", " ") else text)
    except ValueError:
        raise _DamagedError(f"{text[:40]!r} is no date such as 2026-11-04.", entries[key]) from None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _last_line(node: yaml.Node) -> int:
    """The last line that holds any of a node's text; what YAML calls its end lies behind white space and comments."""
    if isinstance(node, yaml.ScalarNode):
        mark = node.end_mark
        return max(int(mark.line) + (1 if mark.column else 0), _line(node))
    if isinstance(node, yaml.MappingNode) and node.value and not node.flow_style:
        return max(_last_line(value) for _, value in node.value)
    return int(node.end_mark.line) + 1
