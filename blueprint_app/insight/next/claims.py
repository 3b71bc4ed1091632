"""Claims on nodes: which hold today, in words, and the text of ``claims.yaml`` after a claim or a release."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from blueprint_app.model.blueprint import Node, NodeId
from blueprint_app.model.claim import CLAIMS_FILE, CLAIMS_SCHEMA, Claim, ProjectClaims
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.errors import BlueprintError
from blueprint_app.model.snapshot import Snapshot

_HEAD = f"""# Who works on what. `blueprint-explorer claim` and `release` change this file; so may you.
schema: {CLAIMS_SCHEMA}
claims:
"""


@dataclass(frozen=True, slots=True)
class NodeClaims:
    """What is said of one node: by whom it is claimed, whose claims have expired, and the issue about it."""

    held: tuple[Claim, ...] = ()
    expired: tuple[Claim, ...] = ()
    issue: str = ""


def claims_on(node: Node, claims: ProjectClaims, today: date) -> NodeClaims:
    """What is said of a node, in the file and by its ``\\discussion``."""
    own = claims.of(node)
    return NodeClaims(
        tuple(claim for claim in own if not claim.has_expired(today)),
        tuple(claim for claim in own if claim.has_expired(today)),
        node.discussion or "",
    )


def claim_in_words(claim: Claim, today: date) -> str:
    """``claimed by Emmy Noether until 2026-12-04``, or that it has expired, or in which issue it stands."""
    if claim.origin:
        return claim.origin
    if claim.has_expired(today):
        return f"the claim of {claim.by} expired on {claim.expires}"
    return f"claimed by {claim.by}" + (f" until {claim.expires}" if claim.expires is not None else "")


def remarks_on(snapshot: Snapshot, claims: ProjectClaims, today: date) -> tuple[Diagnostic, ...]:
    """What a team should look at in its claims: damaged entries, nodes that are gone, claims that have expired."""
    found = list(claims.remarks)
    for claim in claims.claims:
        if claim.origin:
            continue
        if claim.node not in snapshot.blueprint.labels and claim.node not in snapshot.nodes:
            message = f"{claim.by} claims {claim.node}, but there is no such node."
            hint = "Correct the label, or take the entry out."
            found.append(Diagnostic(Severity.WARNING, "claim-unknown", message, hint, claim.place))
        elif claim.has_expired(today):
            message = f"The claim of {claim.by} on {claim.node} expired on {claim.expires}."
            hint = "Claim it again, or release it."
            node = snapshot.blueprint.labels.get(claim.node, NodeId(claim.node))
            found.append(Diagnostic(Severity.NOTE, "claim-expired", message, hint, claim.place, node))
    return tuple(found)


def claimed_text(claims: ProjectClaims, node: Node, new: Claim, today: date) -> str:
    """The file's text, its lines ending in newlines, with one claim more.

    The same person's earlier claim on the node, and expired ones, make room for it.

    Raises BlueprintError where somebody else's claim holds, or where the file cannot be changed safely.
    """
    said = claims_on(node, claims, today)
    others = [claim for claim in said.held if claim.by != new.by]
    if others:
        raise BlueprintError(
            f"{node.id} is {claim_in_words(others[0], today)}.", "Agree with them, then release it first."
        )
    text = _without(claims, (*said.held, *said.expired))
    if text is None:
        return _HEAD + _entry(new, "  ")
    return _with_entry(text, new)


def released_text(claims: ProjectClaims, node: Node) -> str:
    """The file's text without the claims on a node. Raises BlueprintError where there is none."""
    own = claims.of(node)
    if not own:
        raise BlueprintError(f"Nobody has claimed {node.id}.", f"There is no entry for it in {CLAIMS_FILE}.")
    return _without(claims, own) or ""


_GONE = "\0"


def _without(claims: ProjectClaims, gone: Sequence[Claim]) -> str | None:
    """The text without the lines of these entries; what stands between them, comments included, stays."""
    if claims.text is None:
        return None
    text = claims.text.replace("\r\n", "\n").replace("\r", "\n")
    if any(each.severity is Severity.ERROR for each in claims.remarks):
        raise BlueprintError(f"{CLAIMS_FILE} is damaged.", "Mend it first; `next` tells the line.")
    lines = text.split("\n")
    for claim in gone:
        place = claim.place
        shared = [each for each in claims.claims if each.place is not None and place is not None and each is not claim]
        if place is None or any(_overlap(claim, each) for each in shared):
            raise BlueprintError(
                f"The claim on {claim.node} shares its lines with others.", f"Change {CLAIMS_FILE} by hand."
            )
        lines[place.line - 1 : place.end_line] = [_GONE] * (place.end_line - place.line + 1)
    text = "\n".join(line for line in lines if line != _GONE)
    # A list without entries is no list: what follows `claims:` would be read as its value.
    return text if any(_starts(line) for line in text.split("\n")) else _emptied(text)


def _emptied(text: str) -> str:
    lines = text.split("\n")
    return "\n".join("claims: []" if line.split("#")[0].strip() == "claims:" else line for line in lines)


def _with_entry(text: str, new: Claim) -> str:
    """The text with an entry at the end of the list, indented as the others are."""
    lines = text.splitlines(keepends=True)
    head = next((at for at, line in enumerate(lines) if line.startswith("claims:")), None)
    if head is None:
        raise BlueprintError(f"{CLAIMS_FILE} has no list `claims`.", "Add `claims: []` to it.")
    rest = lines[head][len("claims:") :].split("#")[0].strip()
    if rest not in ("", "[]"):
        raise BlueprintError(f"{CLAIMS_FILE} has its list in one line.", "Write each claim on lines of its own.")
    if rest:
        lines[head] = "claims:\n"
    following = [at for at in range(head + 1, len(lines)) if _belongs(lines[at])]
    end = next((at for at in range(head + 1, len(lines)) if _is_key(lines[at])), len(lines))
    last = max((at for at in following if at < end), default=head)
    indent = next((line[: len(line) - len(line.lstrip())] for line in lines[head + 1 : end] if _starts(line)), "  ")
    if not lines[last].endswith("\n"):
        lines[last] += "\n"
    return "".join([*lines[: last + 1], _entry(new, indent), *lines[last + 1 :]])


def _entry(claim: Claim, indent: str) -> str:
    rows = [f"node: {_scalar(claim.node)}", f"by: {_scalar(claim.by)}"]
    rows += [f"since: {claim.since}"] if claim.since else []
    rows += [f"expires: {claim.expires}"] if claim.expires else []
    rows += [f"note: {_scalar(claim.note)}"] if claim.note else []
    return "".join(f"{indent}{'- ' if at == 0 else '  '}{row}\n" for at, row in enumerate(rows))


def _scalar(text: str) -> str:
    """A text as YAML reads it back: plain where nothing in it could mean anything else, as JSON writes it if not."""
    plain = text[:1].isalpha() and all(each.isalnum() or each in "_-. :" for each in text)
    is_safe = plain and ": " not in text and not text.endswith((":", " ")) and text.lower() not in _WORDS
    return text if is_safe else json.dumps(text, ensure_ascii=False)


_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


def _belongs(line: str) -> bool:
    return bool(line.strip()) and (line[:1] in " -\t") and not line.lstrip().startswith("#")


def _is_key(line: str) -> bool:
    return bool(line.strip()) and line[:1] not in " -#\t"


def _starts(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _overlap(one: Claim, other: Claim) -> bool:
    first, second = one.place, other.place
    assert first is not None
    assert second is not None
    return first.line <= second.end_line and second.line <= first.end_line


def by_person(claims: Iterable[Claim], today: date) -> tuple[tuple[str, tuple[Claim, ...]], ...]:
    """The claims that hold, by who made them, in the order of their names."""
    held = sorted((claim for claim in claims if not claim.has_expired(today)), key=lambda claim: claim.by)
    return tuple((by, tuple(each)) for by, each in groupby(held, key=lambda claim: claim.by))
