"""Prints, as JSON, what leanblueprint itself makes of a web.tex: the ground truth for our reader's tests.

Run as a script in a process of its own, as plasTeX keeps much state in its classes:
``python leanblueprint_reading.py FOLDER_WITH_WEB_TEX``.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from plasTeX import TeXDocument
from plasTeX.client import collect_renderer_config
from plasTeX.Config import defaultConfig
from plasTeX.Logging import disableLogging
from plasTeX.TeX import TeX


def text_of(value: Any) -> str:
    return getattr(value, "textContent", str(value)).strip() if value is not None else ""


def is_made_up(element: Any) -> bool:
    return bool(getattr(element, "@hasgenid", False)) and element.id.startswith("a0")


def main(folder: Path) -> None:
    os.chdir(folder)
    config = defaultConfig()
    collect_renderer_config(config)
    config["general"].data["renderer"].value = "HTML5"
    if Path("plastex.cfg").exists():
        config.read(["plastex.cfg"])
    if "leanblueprint" not in config["general"]["plugins"]:
        config["general"].data["plugins"].value = ["plastexdepgraph", "leanblueprint"]
    disableLogging()
    document = TeXDocument(config=config)
    tex = TeX(document, file="web.tex")
    document.userdata["jobname"] = tex.jobname
    document.userdata["working-dir"] = os.getcwd()
    uses: dict[int, list[str]] = {}

    def keep_uses() -> None:
        # make_lean_data, at 150, adds the proof's uses to the statement's list.
        for element in [*document.getElementsByTagName(document.userdata["dep_graph"]["thm_types"])]:
            uses[id(element)] = sorted({used.id for used in element.userdata.get("uses", [])})

    document.addPostParseCallbacks(120, keep_uses)
    tex.parse()
    shapes = {"definition": "box"}
    made = document.userdata["dep_graph"]
    nodes, graphs = [], []
    seen: dict[int, str] = {}
    order: list[Any] = []
    kinds = made["thm_types"]
    for element in document.getElementsByTagName(kinds):
        if id(element) not in seen:
            seen[id(element)] = element.id
            order.append(element)
    unreduced = bool(document.context.packages["depgraph"].get("nonreducedgraph"))
    for section, graph in made["graphs"].items():
        name = "document" if section is document else f"{section.counter}_{text_of(section.ref)}"
        dot = graph.to_dot(shapes)
        edges = pairs(dot)
        graphs.append(
            {
                "name": name,
                "nodes": sorted(node.id for node in graph.nodes),
                "edges": edges,
                "drawn_edges": edges if unreduced else pairs(dot.tred()),
            }
        )
    for element in order:
        data = element.userdata
        proof = data.get("proved_by")
        nodes.append(
            {
                "id": None if is_made_up(element) else element.id,
                "made_up_id": element.id,
                "kind": getattr(element, "thmName", element.tagName),
                "number": text_of(element.ref),
                "title": text_of(element.attributes.get("title")),
                "chapter": chapter_of(element),
                "lean": [text_of(x) for x in data.get("leandecls") or [] if text_of(x)],
                "leanok": bool(data.get("leanok")),
                "mathlibok": bool(data.get("mathlibok")),
                "notready": bool(data.get("notready")),
                "discussion": text_of(data.get("issue")),
                "uses": uses[id(element)],
                "has_proof": proof is not None,
                "proof_leanok": bool(proof is not None and proof.userdata.get("leanok")),
                "proof_uses": sorted(
                    {used.id for used in (proof.userdata.get("uses", []) if proof is not None else [])}
                ),
                "can_state": bool(data.get("can_state")),
                "can_prove": bool(data.get("can_prove")),
                "proved": bool(data.get("proved")),
                "fully_proved": bool(data.get("fully_proved")),
                "border": made["colorizer"](element),
                "fill": made["fillcolorizer"](element),
                "shape": shapes.get(getattr(element, "thmName", element.tagName), "ellipse"),
            }
        )
    json.dump({"nodes": nodes, "graphs": graphs}, sys.stdout)


def pairs(graph: Any) -> list[list[str]]:
    return sorted(
        [str(a), str(b), "statement" if graph.get_edge(a, b).attr["style"] == "dashed" else "proof"]
        for a, b in graph.edges()
    )


def chapter_of(element: Any) -> str:
    parent = element.parentNode
    while parent is not None:
        if getattr(parent, "counter", None) == "chapter" or parent.nodeName == "chapter":
            return text_of(parent.title)
        parent = parent.parentNode
    return ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
