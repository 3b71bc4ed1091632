"""Who works on what, by the claims of a project and by the issues that were seen of it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from blueprint_app.model.claim import NO_CLAIMS, ProjectClaims
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.snapshot_path import is_snapshot_file
from blueprint_app.user_folders import cache_folder, config_folder

if TYPE_CHECKING:
    from blueprint_app.live.issues.kept import Allowed, KeptIssues
    from blueprint_app.live.issues.project_issues import ProjectIssues


def claims_at(folder: Path) -> ProjectClaims:
    """The claims of a project, or those that came with a snapshot file. Raises BlueprintError for a damaged one."""
    from blueprint_app.sources.claims_file import claims_in, read_claims

    if not is_snapshot_file(folder):
        return read_claims(folder)
    from blueprint_app.export.snapshot_file import read_snapshot

    text = read_snapshot(folder).claims
    return NO_CLAIMS if text is None else claims_in(text)


def claims_of(snapshot: Snapshot) -> "tuple[ProjectClaims, ProjectIssues]":
    """The claims of a project, those of the assignees of issues that were seen among them; nothing is sent."""
    from blueprint_app.insight.next.issues import with_issues
    from blueprint_app.live.issues.project_issues import project_issues

    claims, issues = claims_at(Path(snapshot.blueprint.folder)), project_issues(snapshot, kept_issues())
    return (with_issues(claims, snapshot, issues.seen, datetime.now(UTC)) if issues.seen else claims), issues


def kept_issues() -> "KeptIssues":
    """The issues that were seen of all projects."""
    from blueprint_app.live.issues.kept import KeptIssues

    return KeptIssues(cache_folder() / "issues.sqlite")


def allowed_issues() -> "Allowed":
    """For which projects a person lets GitHub be asked."""
    from blueprint_app.live.issues.kept import Allowed

    return Allowed(config_folder() / "issues.json")
