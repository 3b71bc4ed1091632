"""Whatever is done to real text, reading it ends, without an exception, in values that hold together."""

import random
import time
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprint_app.model.blueprint import Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.why import explain
from blueprint_app.sources.leanblueprint.reader import read_blueprint
from tests.sources.leanblueprint.documents import DOCUMENTS, PREAMBLE

SHREDS = [
    "{", "}", "$", "$$", "\\", "%", "\n\n", "#1", "&", "\\\\", "\\[", "\\]", "[", "]", "~", "\0", "é", "\\begin{lemma}",
    "\\end{lemma}", "\\begin{proof}", "\\end{proof}", "\\begin{align}", "\\end{align}", "\\iffalse", "\\fi", "\\else",
    "\\uses{", "\\label{x}", "\\leanok", "\\section{S}", "\\item", "\\def\\a#1#2{", "\\a", "\\newcommand{\\b}[1][x]{",
    "\\b", "\\verb|", "\\begin{verbatim}", "\\expandafter", "\\csname", "\\input{part}", "\\makeatletter", "\\let\\a=",
    "\\frac", "\\text{$", "\\begin{itemize}", "\\end{document}", "\\renewcommand{\\label}{", "\\setcounter{theorem}{",
]  # fmt: skip


@cache
def texts(corpus: Path | None) -> list[str]:
    found = list(DOCUMENTS.values())
    if corpus is not None:
        found += [path.read_text(encoding="utf-8", errors="replace") for path in sorted(corpus.rglob("*.tex"))]
    return [text for text in found if text.strip()]


def mutated(text: str, seed: int) -> str:
    chance = random.Random(seed)
    start = chance.randrange(max(len(text) - 4000, 1))
    pieces = text[start : start + 4000]
    for _ in range(chance.randrange(1, 12)):
        at = chance.randrange(len(pieces) + 1)
        match chance.randrange(4):
            case 0:
                pieces = pieces[:at] + chance.choice(SHREDS) + pieces[at:]
            case 1:
                pieces = pieces[:at] + pieces[at + chance.randrange(1, 30) :]
            case 2:
                other = chance.randrange(len(pieces) + 1)
                pieces = pieces[:at] + pieces[other : other + 200] + pieces[at:]
            case _:
                pieces = pieces[:at] + chance.choice(SHREDS) * chance.randrange(1, 40) + pieces[at:]
    return pieces


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 10_000), seed=st.integers(0, 2**32))
def test_mutated_text_is_read(corpus_or_none: Path | None, tmp_path: Path, which: int, seed: int) -> None:
    available = texts(corpus_or_none)
    text = mutated(available[which % len(available)], seed)
    (tmp_path / "web.tex").write_text(PREAMBLE + "\\begin{document}\n" + text, encoding="utf-8", errors="replace")
    (tmp_path / "part.tex").write_text(text[:500], encoding="utf-8", errors="replace")
    started = time.monotonic()
    blueprint = read_blueprint(tmp_path)
    for reading in Reading:
        snapshot = snapshot_of(blueprint, reading)
        assert len({node.id for node in blueprint.nodes}) == len(blueprint.nodes)
        for node in blueprint.nodes:
            assert explain(snapshot, node.id)
            assert node.statement.place.line > 0
        for diagnostic in snapshot.diagnostics:
            assert diagnostic.message
            assert diagnostic.place is None or diagnostic.place.file
    assert time.monotonic() - started < 60, "reading hangs"
