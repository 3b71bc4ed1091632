"""What Lean prints, and what others print in its name: all of it becomes messages or nothing."""

import json

from blueprint_app.verify.draft import Part
from blueprint_app.verify.messages import Printed


def message(data: str, severity: str = "error", **more: object) -> str:
    return json.dumps({"caption": "", "data": data, "severity": severity, "pos": {"line": 3, "column": 4}} | more)


def test_messages_and_their_places():
    printed = Printed()
    for line in (message("unsolved goals\n⊢ False"), message("a", "warning", kind="hasSorry"), "plain text"):
        printed.take(line)
    first, second = printed.placed(lambda line: (Part.HELPERS, line - 1))
    assert (first.severity, first.line, first.column, first.part) == ("error", 2, 4, Part.HELPERS)
    assert first.text == "unsolved goals\n⊢ False"
    assert second.kind == "hasSorry"
    assert printed.tail == "plain text"


def test_a_message_in_pieces():
    printed = Printed()
    text = message("x" * 200_000)
    for start in range(0, len(text), 65_536):
        printed.take(text[start : start + 65_536])
    printed.take(message("next"))
    assert [len(each.text) for each in printed.placed(lambda line: (Part.PROOF, line))] == [20_000, 4]


def test_what_is_no_message():
    printed = Printed()
    for line in (
        "{", '{"severity": "error"', "[1, 2]", '{"severity": "cheerful", "data": "x"}', '{"severity": 3}',
        message("x", pos="nowhere"), message("y", pos={"line": -5, "column": -2}), '{"data": 1, "severity": "error"}',
    ):  # fmt: skip
        printed.take(line)
    found = printed.placed(lambda line: (Part.PROOF, line))
    assert [(each.text, each.line, each.column) for each in found] == [("x", 1, 0), ("y", 1, 0), ("", 1, 0)]


def test_messages_without_end():
    printed = Printed()
    for _ in range(1000):
        printed.take(message("again"))
        printed.take("and again")
    assert len(printed.placed(lambda line: (Part.PROOF, line))) == 200
    assert len(printed.tail) <= 300


def test_reasons():
    missing = Printed()
    missing.take(message("object file 'x/A.olean' of module A does not exist"))
    full = Printed()
    full.take("INTERNAL PANIC: out of memory")
    assert (missing.misses_imports, missing.lacks_memory) == (True, False)
    assert (full.misses_imports, full.lacks_memory) == (False, True)
