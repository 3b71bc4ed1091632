"""The same for the whole project: each person and each model with counts that say what they count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from blueprint_app.insight.attribution.credits import (
    UNKNOWN,
    Blamed,
    Credit,
    NodeCredit,
    Share,
    Side,
    node_credits,
    share_of,
)
from blueprint_app.insight.attribution.people import CommitNames
from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.diagnostic import Diagnostic
from blueprint_app.model.provenance import ProjectProvenance


@dataclass(frozen=True, slots=True)
class Summary:
    """One person or one model.

    `commits` are those of the whole history that name them: `authored` as their author, `co_authored` beside another
    one, `assisted` in an ``Assisted-by``. The lines are those of today, not blank, from commits that name them;
    `text_nodes` and `lean_nodes` are the nodes with such lines, `recorded` the drafts of a model that people put into
    the project, as the records of attempts tell. `first` and `last` are the times of their commits, None without any.
    """

    name: str
    authored: int = 0
    co_authored: int = 0
    assisted: int = 0
    text_lines: int = 0
    lean_lines: int = 0
    text_nodes: int = 0
    lean_nodes: int = 0
    recorded: int = 0
    first: datetime | None = None
    last: datetime | None = None

    @property
    def commits(self) -> int:
        """All commits that name them."""
        return self.authored + self.co_authored + self.assisted


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who wrote what at the commit `commit`. People and models are by name: the order says nothing."""

    commit: str
    nodes: tuple[NodeCredit, ...]
    people: tuple[Summary, ...]
    models: tuple[Summary, ...]
    text_lines: int
    lean_lines: int
    unknown_lines: int = 0
    remarks: tuple[Diagnostic, ...] = ()


def attribution_of(
    commit: str,
    blueprint: Blueprint,
    blamed: Blamed,
    provenance: ProjectProvenance,
    remarks: Sequence[Diagnostic] = (),
) -> Attribution:
    """The attribution of a project; the files that were blamed are all that counts."""
    nodes = node_credits(blueprint, blamed, provenance)
    text, lean = _share(blamed, Side.TEXT), _share(blamed, Side.LEAN)
    commits = [each for each in blamed.commits.values() if not each.is_boundary]
    people = dict.fromkeys(name for each in commits for name in each.people)
    named = dict.fromkeys(name for each in commits for name in each.models)
    recorded = dict.fromkeys(part.model for node in nodes for part in node.recorded)
    unknown = sum(credit.lines for share in (text, lean) for credit in share.people if credit.name == UNKNOWN)
    return Attribution(
        commit,
        nodes,
        tuple(sorted((_person(name, commits, text, lean, nodes) for name in people), key=_by_name)),
        tuple(sorted((_model(name, commits, text, lean, nodes) for name in named | recorded), key=_by_name)),
        text.lines,
        lean.lines,
        unknown,
        tuple(remarks),
    )


def _by_name(summary: Summary) -> tuple[str, str]:
    return summary.name.casefold(), summary.name


def _share(blamed: Blamed, side: Side) -> Share:
    files = (file for file in blamed.files.values() if file.side is side)
    return share_of([commit for file in files for commit in file.commits if commit], blamed)


def _person(
    name: str, commits: Iterable[CommitNames], text: Share, lean: Share, nodes: Sequence[NodeCredit]
) -> Summary:
    own = [each for each in commits if name in each.people]
    authored = sum(each.author.name == name and not each.author.is_model for each in own)
    return Summary(
        name,
        authored=authored,
        co_authored=len(own) - authored,
        text_lines=_lines(name, text.people),
        lean_lines=_lines(name, lean.people),
        text_nodes=sum(_lines(name, node.text.people) > 0 for node in nodes),
        lean_nodes=sum(_lines(name, node.lean.people) > 0 for node in nodes),
        first=min((each.time for each in own), default=None),
        last=max((each.time for each in own), default=None),
    )


def _model(name: str, commits: Iterable[CommitNames], text: Share, lean: Share, nodes: Sequence[NodeCredit]) -> Summary:
    own = [each for each in commits if name in each.models]
    authored = sum(each.author.is_model and each.author.name == name for each in own)
    assisted = sum(name in each.assisted_by and not (each.author.is_model and each.author.name == name) for each in own)
    return Summary(
        name,
        authored=authored,
        co_authored=len(own) - authored - assisted,
        assisted=assisted,
        text_lines=_lines(name, text.models),
        lean_lines=_lines(name, lean.models),
        text_nodes=sum(_lines(name, node.text.models) > 0 for node in nodes),
        lean_nodes=sum(_lines(name, node.lean.models) > 0 for node in nodes),
        recorded=sum(part.model == name for node in nodes for part in node.recorded),
        first=min((each.time for each in own), default=None),
        last=max((each.time for each in own), default=None),
    )


def _lines(name: str, given: Iterable[Credit]) -> int:
    return next((credit.lines for credit in given if credit.name == name), 0)
