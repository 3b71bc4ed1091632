"""What docs/reference/formats.md shows is what is read and written."""

import re
from dataclasses import replace
from pathlib import Path

import yaml

from blueprint_app.assistant.records.record import FINISHES, TASKS, Judgement, Outcome
from blueprint_app.assistant.records.yaml_form import record_of, text_of, verdict_of

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "formats.md"
TEXT = PAGE.read_text(encoding="utf-8").split("## Attempts")[1]
SHOWN = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)


def test_the_record_shown_is_one() -> None:
    record = record_of(SHOWN[0])
    # Written anew it has the same fields, but for those at their defaults.
    written, shown = yaml.safe_load(text_of(record)), yaml.safe_load(SHOWN[0])
    assert list(written) == list(shown)
    assert all(written[key].items() <= shown[key].items() for key in shown if isinstance(shown[key], dict))
    assert record_of(text_of(record)) == record
    assert replace(record, id=record.id) == record


def test_the_verdict_shown_is_one() -> None:
    assert verdict_of(SHOWN[1]).by == "Emmy Noether"


def test_every_word_is_documented() -> None:
    words = {*TASKS, *FINISHES, *map(str, Outcome), *map(str, Judgement)} - {""}
    assert {word for word in words if word not in TEXT} == set()
