"""Who wrote what, for a terminal, for scripts, and for a paper's statement of contributions."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from blueprint_app.export.graph_json import diagnostic_as_json
from blueprint_app.insight.attribution.credits import Credit, NodeCredit, Share
from blueprint_app.insight.attribution.summaries import Attribution, Summary
from blueprint_app.model.diagnostic import Diagnostic

SCHEMA = "blueprint-attribution/1"

WHAT_COUNTS = (
    "Lines are those of today that are not blank, told by git blame (moved, copied and re-indented lines keep their "
    "author). A line, like a commit, counts for everyone whom its commit names as author or co-author, so that columns "
    "add up to more than the whole. Text is the blueprint's, Lean the project's. The order is alphabetical; names "
    "in [bot] are programs. "
    "Counts say nothing of how hard something was, and nothing of work that leaves no line."
)
WHAT_MODELS = (
    "Models are named by commits (as co-authors or in Assisted-by lines) or by records of attempts; the lines are all "
    "of the commits that name them, whoever wrote these. What nobody recorded is not here."
)
_PEOPLE_HEAD = ("commits", "co-authored", "text lines", "Lean lines", "nodes, text", "nodes, Lean", "from", "to")
_MODEL_HEAD = (
    "author",
    "co-author",
    "assisted",
    "text lines",
    "Lean lines",
    "nodes, text",
    "nodes, Lean",
    "accepted drafts",
)


def attribution_as_text(title: str, found: Attribution) -> str:
    """Two tables, people and models, with what they count."""
    lines = [_head(title, found), ""]
    lines += _notes(found.remarks)
    lines += _columns(("people", *_PEOPLE_HEAD), [(each.name, *_person(each)) for each in found.people])
    if found.models:
        lines += ["", *_columns(("models", *_MODEL_HEAD), [(each.name, *_model(each)) for each in found.models])]
    lines += ["", f"  {_whole(found)}", "", *_wrapped(WHAT_COUNTS), *(_wrapped(WHAT_MODELS) if found.models else ())]
    return "\n".join(lines) + "\n"


def node_credit_as_text(credit: NodeCredit, remarks: Iterable[Diagnostic] = ()) -> str:
    """Who wrote one node: its text, each declaration, and what of it is a model's."""
    lines = [f"{credit.heading} [{credit.node}]", *_notes(remarks), "", *_share("text", credit.text)]
    for each in credit.declarations:
        where = str(each.place) if each.place is not None else "not found in the project's committed Lean files"
        lines += ["", *_share(f"{each.name}  {where}", each.share)]
    for part in credit.recorded:
        lines += ["", f"  {part.part} drafted by {part.model} on {part.date[:10]} (attempt {part.attempt})"]
    return "\n".join([*lines, "", *_wrapped(WHAT_COUNTS)]) + "\n"


def attribution_as_json(title: str, found: Attribution) -> dict[str, Any]:
    """All of it, schema ``blueprint-attribution/1``."""
    return {
        "schema": SCHEMA,
        "title": title,
        "commit": found.commit,
        "text_lines": found.text_lines,
        "lean_lines": found.lean_lines,
        "unknown_lines": found.unknown_lines,
        "what_counts": WHAT_COUNTS,
        "people": [_summary(each) for each in found.people],
        "models": [_summary(each) for each in found.models],
        "nodes": [_node(each) for each in found.nodes],
        "remarks": [diagnostic_as_json(each) for each in found.remarks],
    }


def node_credit_as_json(
    title: str, commit: str, credit: NodeCredit, remarks: Iterable[Diagnostic] = ()
) -> dict[str, Any]:
    """One node alone in the same schema, without what is counted over the whole project."""
    return {
        "schema": SCHEMA,
        "title": title,
        "commit": commit,
        "what_counts": WHAT_COUNTS,
        "nodes": [_node(credit)],
        "remarks": [diagnostic_as_json(each) for each in remarks],
    }


def _node(credit: NodeCredit) -> dict[str, Any]:
    return {
        "id": credit.node,
        "text": _share_as_json(credit.text),
        "lean": _share_as_json(credit.lean),
        "declarations": [
            {
                "name": each.name,
                "file": None if each.place is None else each.place.file,
                "line": None if each.place is None else each.place.line,
                **_share_as_json(each.share),
            }
            for each in credit.declarations
        ],
        "recorded": [
            {"model": each.model, "part": each.part, "date": each.date, "attempt": each.attempt}
            for each in credit.recorded
        ],
    }


def attribution_as_markdown(title: str, found: Attribution) -> str:
    """A section for a paper: people, models, and a list of the nodes with everyone whose lines they hold."""
    lines = [
        f"## Contributions to {_cell(title or 'the blueprint')}",
        "",
        f"As of commit `{found.commit[:12]}`. {WHAT_COUNTS}",
    ]
    lines += ["", *(f"Note: {_cell(each.message)}\n" for each in found.remarks)]
    lines += _table(("Name", *_PEOPLE_HEAD), [(each.name, *_person(each)) for each in found.people])
    if found.models:
        lines += ["", "### Models", "", WHAT_MODELS, ""]
        lines += _table(("Model", *_MODEL_HEAD), [(each.name, *_model(each)) for each in found.models])
    rows = [(each.heading, f"{each.node}", _names(each.text), _names(each.lean), _models(each)) for each in found.nodes]
    lines += ["", "### Nodes", "", *_table(("Node", "Label", "Text", "Lean", "Models"), rows)]
    return "\n".join([*lines, "", _whole(found)]) + "\n"


def _notes(remarks: Iterable[Diagnostic]) -> list[str]:
    return [f"  Note: {each.message} {each.hint}".rstrip() for each in remarks]


def _head(title: str, found: Attribution) -> str:
    return f"{title or 'Blueprint'} · who wrote what, as of commit {found.commit[:10]}"


def _whole(found: Attribution) -> str:
    unknown = f"; of {found.unknown_lines:,} of these it is not known who wrote them" if found.unknown_lines else ""
    return f"The whole: {found.text_lines:,} lines of text and {found.lean_lines:,} lines of Lean{unknown}."


def _person(each: Summary) -> tuple[str, ...]:
    times = [f"{time:%Y-%m-%d}" if time is not None else "" for time in (each.first, each.last)]
    return (*_numbers(each.authored, each.co_authored), *_lines(each), *times)


def _model(each: Summary) -> tuple[str, ...]:
    return (*_numbers(each.authored, each.co_authored, each.assisted), *_lines(each), *_numbers(each.recorded))


def _lines(each: Summary) -> tuple[str, ...]:
    return _numbers(each.text_lines, each.lean_lines, each.text_nodes, each.lean_nodes)


def _numbers(*counts: int) -> tuple[str, ...]:
    return tuple(f"{count:,}" for count in counts)


def _columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, *rows):
        numbers = (cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))
        yield f"  {row[0]:<{widths[0]}}  {'  '.join(numbers)}".rstrip()


def _share(what: str, share: Share) -> Iterator[str]:
    yield f"  {what}: {share.lines} line{'' if share.lines == 1 else 's'}"
    yield from (f"    {_credit(each)}" for each in share.people)
    yield from (f"    named by these commits: {_credit(each)}" for each in share.models)


def _credit(each: Credit) -> str:
    commits = f"{each.commits} commit{'' if each.commits == 1 else 's'}"
    return f"{each.name}: {each.lines} of {commits}, the last on {each.last:%Y-%m-%d}"


def _summary(each: Summary) -> dict[str, Any]:
    return {
        "name": each.name,
        "commits_authored": each.authored,
        "commits_co_authored": each.co_authored,
        "commits_assisted": each.assisted,
        "text_lines": each.text_lines,
        "lean_lines": each.lean_lines,
        "nodes_text": each.text_nodes,
        "nodes_lean": each.lean_nodes,
        "accepted_drafts": each.recorded,
        "first": None if each.first is None else each.first.isoformat(timespec="seconds"),
        "last": None if each.last is None else each.last.isoformat(timespec="seconds"),
    }


def _share_as_json(share: Share) -> dict[str, Any]:
    return {
        "lines": share.lines,
        "people": [_credit_as_json(each) for each in share.people],
        "models": [_credit_as_json(each) for each in share.models],
    }


def _credit_as_json(each: Credit) -> dict[str, Any]:
    return {
        "name": each.name,
        "lines": each.lines,
        "commits": each.commits,
        "last": each.last.isoformat(timespec="seconds"),
    }


def _names(share: Share) -> str:
    return ", ".join(f"{each.name} ({each.lines})" for each in share.people)


def _models(credit: NodeCredit) -> str:
    recorded = [f"{each.model} ({each.part})" for each in credit.recorded]
    named = [each.name for each in (*credit.text.models, *credit.lean.models)]
    return ", ".join(dict.fromkeys((*recorded, *named)))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *([_cell(each) for each in row] for row in rows)):
        yield f"| {' | '.join(row)} |"


def _cell(text: str) -> str:
    """A text that cannot leave its cell, or be taken for markup."""
    plain = " ".join(text.split())
    for mark in "\\`*_<>|[]":
        plain = plain.replace(mark, f"\\{mark}")
    return plain


def _wrapped(text: str, width: int = 100) -> Iterator[str]:
    line = " "
    for word in text.split():
        if len(line) + len(word) > width:
            yield line
            line = " "
        line += f" {word}"
    yield line
