"""Every fact of the reference readings of real projects holds in ours."""

import importlib.util
import json
from pathlib import Path

from blueprint_app.bootstrap.opening import open_project
from blueprint_app.export.graph_json import graph_as_json


def test_reading_equals_the_reference(corpus_folder: Path, corpus_name: str) -> None:
    spec = importlib.util.spec_from_file_location("parity", corpus_folder.parent / "tools" / "parity.py")
    parity = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(parity)
    reference = json.loads((corpus_folder / corpus_name / "reference.json").read_text(encoding="utf-8"))
    checked, wrong = parity.compare(reference, graph_as_json(open_project(corpus_folder / corpus_name)))
    assert wrong == []
    assert checked >= len(reference["nodes"])
