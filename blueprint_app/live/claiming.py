"""Claims and releases of nodes as changes of ``claims.yaml``: shown first, and read back before they are written."""

from datetime import date, timedelta
from pathlib import Path

from blueprint_app.insight.next.claims import claimed_text, released_text
from blueprint_app.live.change_set import ChangeSet, planned_over
from blueprint_app.live.changing import planned_new
from blueprint_app.model.blueprint import Node
from blueprint_app.model.claim import CLAIMS_FILE, Claim, ProjectClaims
from blueprint_app.model.errors import BlueprintError
from blueprint_app.sources.claims_file import claims_in, read_claims

DAYS = 30
"""How long a claim holds unless somebody says otherwise."""

_LONGEST_NAME = 200


def planned_claim(folder: Path, node: Node, by: str, today: date, days: int | None = DAYS, note: str = "") -> ChangeSet:
    """The change that claims a node for a person, for so many days (None: with no end). Raises BlueprintError."""
    by = by.strip()
    if not by or len(by) > _LONGEST_NAME or not by.isprintable():
        raise BlueprintError("It is not known who claims.", "Say a name of one line.")
    if not node.labels:
        raise BlueprintError(f"{node.heading} has no label to claim it by.", "Give it a \\label first.")
    expires = None if days is None else today + timedelta(days=days)
    new = Claim(node.labels[-1], by, today, expires, " ".join(note.split()))
    claims = read_claims(folder)
    text = claimed_text(claims, node, new, today)
    kept = [claim for claim in claims.claims if claim not in claims.of(node) or _is_held_by_others(claim, by, today)]
    return _planned(folder, claims, text, [*kept, new], f"Claim {node.id}")


def planned_release(folder: Path, node: Node) -> ChangeSet:
    """The change that takes the claims on a node away. Raises BlueprintError."""
    claims = read_claims(folder)
    own = claims.of(node)
    kept = [claim for claim in claims.claims if claim not in own]
    return _planned(folder, claims, released_text(claims, node), kept, f"Release {node.id}")


def _is_held_by_others(claim: Claim, by: str, today: date) -> bool:
    return claim.by != by and not claim.has_expired(today)


def _planned(folder: Path, claims: ProjectClaims, text: str, expected: list[Claim], title: str) -> ChangeSet:
    """The change to this text, if it says what it should: a file that people write may look like anything."""
    if [_said(claim) for claim in claims_in(text).claims] != [_said(claim) for claim in expected]:
        raise BlueprintError(f"{CLAIMS_FILE} is written in a way that cannot be changed safely.", "Change it by hand.")
    if claims.text is None:
        return ChangeSet(title, (planned_new(folder, CLAIMS_FILE, text, title),))
    return ChangeSet(title, (planned_over(folder, CLAIMS_FILE, claims.text, lambda _: text, title),))


def _said(claim: Claim) -> tuple[str, str, date | None, date | None, str]:
    return claim.node, claim.by, claim.since, claim.expires, claim.note
