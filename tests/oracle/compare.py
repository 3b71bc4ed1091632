"""Holds our reading of a project against leanblueprint's own, fact by fact."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.export.graph_json import graph_as_json
from blueprint_app.model.errors import BlueprintError
from blueprint_app.sources.leanblueprint.files import find_entry

ORACLE = Path(__file__).with_name("leanblueprint_reading.py")


class OracleError(Exception):
    """leanblueprint itself stopped at this project."""


def their_reading(folder: Path, seconds: float = 300) -> dict[str, Any]:
    """What leanblueprint makes of the web.tex in `folder`; raises OracleError where it stops."""
    run = subprocess.run(
        [sys.executable, str(ORACLE), str(folder)], capture_output=True, text=True, timeout=seconds, check=False
    )
    if run.returncode:
        raise OracleError(run.stderr.strip().splitlines()[-1] if run.stderr.strip() else "no output")
    reading: dict[str, Any] = json.loads(run.stdout)
    return reading


def our_reading(folder: Path) -> dict[str, Any]:
    return graph_as_json(open_project(folder))


def squash(text: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"\\[A-Za-z]+\*?|[{}$~\\]", "", text or "")).lower()


def our_facts(node: dict[str, Any]) -> dict[str, Any]:
    proof = node["proof"] or {}
    return {
        "kind": node["kind"],
        "number": node["number"],
        "lean": [name for name in node["statement"]["lean"] if name],
        "leanok": node["statement"]["leanok"],
        "mathlibok": node["statement"]["mathlibok"],
        "notready": node["statement"]["notready"],
        "discussion": node["discussion"] or "",
        "uses": sorted(node["statement"]["uses"]),
        "has_proof": node["proof"] is not None,
        "proof_leanok": bool(proof.get("leanok")),
        "proof_uses": sorted(proof.get("uses", [])),
        **node["blueprint_status"],
    }


def differences(folder: Path, theirs: dict[str, Any] | None = None) -> list[str]:
    """A line for each fact in which the two readings differ."""
    theirs = their_reading(folder) if theirs is None else theirs
    ours = our_reading(folder)
    wrong = []
    unlabelled = [node for node in ours["nodes"] if not node["labels"]]
    by_id = {node["id"]: node for node in ours["nodes"]}
    matched, names = [], {}
    for node in theirs["nodes"]:
        if node["id"] is None:
            mine = unlabelled.pop(0) if unlabelled else None
            if mine is not None:
                names[mine["id"]] = node["made_up_id"]
        else:
            mine = by_id.get(node["id"])
        if mine is None:
            wrong.append(f"missing node {node['id'] or node['made_up_id']} ({node['kind']} {node['number']})")
            continue
        matched.append((node, mine))
    owners: dict[str, int] = {}
    for node in theirs["nodes"]:
        owners[node["id"]] = owners.get(node["id"], 0) + 1
    for node, mine in matched:
        if owners[node["id"]] > 1 and node["id"] is not None:
            continue
        facts = our_facts(mine)
        for key in ("uses", "proof_uses"):
            facts[key] = sorted(names.get(used, used) for used in facts[key])
        for key, value in facts.items():
            if value != (sorted(node[key]) if isinstance(node[key], list) and key != "lean" else node[key]):
                wrong.append(f"{node['id']}: {key} is {value!r}, leanblueprint has {node[key]!r}")
        if squash(mine["title"]) != squash(node["title"]) and "\\" not in mine["title"] and "$" not in mine["title"]:
            wrong.append(f"{node['id']}: title is {mine['title']!r}, leanblueprint has {node['title']!r}")
    known = {id(mine) for _, mine in matched}
    extra = [
        node
        for node in ours["nodes"]
        if id(node) not in known and not owners.get(next(iter(node["labels"][-1:]), ""), 0) > 1
    ]
    wrong += [f"extra node {node['id']}" for node in extra]
    wrong += _graph_differences(theirs, ours, names)
    return wrong


def _graph_differences(theirs: dict[str, Any], ours: dict[str, Any], names: dict[str, str]) -> list[str]:
    wrong = []
    mine = {graph["name"]: graph for graph in ours["graphs"]}
    for graph in theirs["graphs"]:
        other = mine.get(graph["name"])
        if other is None:
            wrong.append(f"missing graph {graph['name']}")
            continue
        for field in ("edges", "drawn_edges"):
            expected = {tuple(edge) for edge in graph[field]}
            got = {(names.get(a, a), names.get(b, b), kind) for a, b, kind in other[field]}
            wrong += [f"{graph['name']} {field}: missing {edge}" for edge in sorted(expected - got)]
            wrong += [f"{graph['name']} {field}: extra {edge}" for edge in sorted(got - expected)]
    return wrong


if __name__ == "__main__":
    for name in sys.argv[1:]:
        try:
            _, entry = find_entry(Path(name))
        except BlueprintError as error:
            print(f"{name}: {error}")
            continue
        try:
            found = differences(entry.parent)
        except OracleError as error:
            print(f"{name}: leanblueprint stops: {error}")
            continue
        print(f"{name}: {len(found)} differences")
        for line in found[:8]:
            print("    " + line[:240])
