"""What the reader keeps of a document: places, texts, labels, macros; and what it says of faults."""

import gc
from pathlib import Path

import pytest

from blueprint_app.model.blueprint import Blueprint
from blueprint_app.model.errors import BlueprintError
from blueprint_app.sources.leanblueprint.reader import read_blueprint
from tests.sources.leanblueprint.documents import document


def read(folder: Path, body: str, **files: str) -> Blueprint:
    (folder / "web.tex").write_text(document(body), encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.tex").write_text(text, encoding="utf-8")
    return read_blueprint(folder)


def codes(blueprint: Blueprint) -> list[str]:
    return [diagnostic.code for diagnostic in blueprint.diagnostics]


def test_every_flag_and_entry_knows_its_place(tmp_path: Path) -> None:
    part = "\n\\begin{lemma}\\label{b}\n\\uses{a,\n  %c,\n  d}\n\\lean{X}\n\\leanok\nText.\n\\end{lemma}\n\\begin{proof}\n\\uses{a}\nP.\\end{proof}\n"
    blueprint = read(tmp_path, "\\input{part}", part=part)
    (node,) = blueprint.nodes
    assert (node.statement.place.file, node.statement.place.line, node.statement.place.end_line) == ("part.tex", 2, 9)
    assert [(entry.text, entry.place.line, entry.place.column) for entry in node.statement.uses[0].entries] == [
        ("a", 3, 7),
        ("d", 5, 3),
    ]
    assert node.statement.lean[0].entries[0].place.line == 6
    assert node.statement.leanok.line == 7
    assert (node.proof.place.line, node.proof.place.end_line) == (10, 12)


def test_the_text_of_a_node_is_without_comments_claims_and_left_out_branches(tmp_path: Path) -> None:
    blueprint = read(
        tmp_path,
        r"""\begin{lemma}[Title]\label{a}\uses{b} \leanok
Let $x > 0$. % not this
\iffalse Nor this. \fi
Then 100\% of \verb|a % b| holds:\begin{equation}\label{e} x = 1\end{equation}
\ifplastex On the web.\else In print.\fi
\end{lemma}""",
    )
    (node,) = blueprint.nodes
    assert node.title == "Title"
    assert node.statement.tex.split("\n") == [
        r"Let $x > 0$. Then 100\% of \verb|a % b| holds:\begin{equation}\label{e} x = 1\end{equation}",
        "On the web.",
    ]


def test_labels_name_nodes_or_landmarks(tmp_path: Path) -> None:
    blueprint = read(
        tmp_path,
        r"""\chapter{C}\label{ch}
\begin{definition}\label{d} \begin{equation}\label{eq} x \end{equation} \end{definition}
\begin{remark}\label{r}\leanok x\end{remark}""",
    )
    assert blueprint.labels == {"d": "d"}
    equation, remark, chapter = (blueprint.landmarks[label] for label in ("eq", "r", "ch"))
    assert (equation.kind, equation.number, equation.inside, equation.theorem_kind) == (
        "equation",
        "1",
        "d",
        "definition",
    )
    assert (remark.kind, remark.number, remark.leanok) == ("remark", "1.2", True)
    assert (chapter.kind, chapter.number, chapter.title) == ("chapter", "1", "C")


def test_macros_are_kept_for_formulas(tmp_path: Path) -> None:
    blueprint = read(
        tmp_path,
        r"""\newcommand{\R}{\mathbb{R}}
\newcommand{\norm}[2][2]{\left\| #2 \right\|_{#1}}
\def\pair(#1,#2){\langle #1, #2\rangle}
\DeclareMathOperator{\rank}{rank}
\DeclareMathOperator*{\esssup}{ess\,sup}
\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}
\NewDocumentCommand{\set}{m}{\{#1\}}
\let\eps\varepsilon""",
    )
    macros = {macro.name: macro for macro in blueprint.macros}
    assert macros["R"].body == r"\mathbb {R}"
    assert (macros["norm"].parameters, macros["norm"].default) == (2, "2")
    assert macros["pair"].delimited == "(#1,#2)"
    assert macros["rank"].body == r"\operatorname {rank}"
    assert macros["esssup"].body.startswith(r"\operatorname*")
    assert macros["abs"].parameters == macros["set"].parameters == 1
    assert macros["eps"].body.strip() == r"\varepsilon"


def test_the_bibliography_is_read_from_the_bbl(tmp_path: Path) -> None:
    (tmp_path / "web.bbl").write_text(
        "\\begin{thebibliography}{9}\n\\bibitem{knuth} Knuth, \\emph{TeX}.\n\n\\bibitem[Tao]{tao} T. Tao.\n\\end{thebibliography}\n"
    )
    blueprint = read(tmp_path, "\\chapter{A}\n\\bibliography{refs}\n\\appendix\n\\chapter{B}")
    assert blueprint.references["knuth"].mark == "1"
    assert blueprint.references["knuth"].text == r"Knuth, \emph{TeX}."
    assert blueprint.references["tao"].mark == "Tao"


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("\\input{nothere}", "file-missing", 13),
        ("\\input nothere", "file-missing", 13),
        ("x {y\n\\section{S}", "braces-unbalanced", 13),
        ("\\begin{lemma}\\label{a} \\emph{x\n\\end{lemma}", "braces-unbalanced", 13),
        ("\n\\begin{lemma}\\label{a} x } y\\end{lemma}", "brace-stray", 14),
        ("\\begin{lemma}\\label{a} x", "environment-unclosed", 13),
        ("x\\end{lemma}", "end-stray", 13),
        ("\\iffalse x \\iff y \\fi", "conditional-unclosed", 13),
        ("\\begin{verbatim} x", "verbatim-unclosed", 13),
        ("\\newcommand{\\a}{\\b$}\\newcommand{\\b}{\\a$}\\a", "macro-loop", 13),
        ("\\def\\a#1{\\a{#1#1$}}\\a{x}", "macro-loop", 13),
        ("\\begin{proof}\\leanok x\\end{proof}", "proof-unattached", 13),
        ("\\begin{proof}\\proves{no} x\\end{proof}", "proves-unresolved", 13),
        ("\\begin{lemma}\\label{a} {\\leanok}\\end{lemma}", "claim-misplaced", 13),
        ("\\begin{lemma}\\label{a} x\\end{lemma}\n\\begin{proof} \\end{proof}", "proof-empty", 14),
        ("\\graphcolor{nonsense}{red}{Red}", "graphcolor-unknown", 13),
        ("\\input{../outside}", "file-missing", 13),
    ],
)
def test_faults_become_diagnostics_with_their_line(tmp_path: Path, body: str, code: str, line: int) -> None:
    (tmp_path / "outside.tex").write_text("secret", encoding="utf-8")
    project = tmp_path / "project"
    project.mkdir()
    blueprint = read(project, body)
    found = [diagnostic for diagnostic in blueprint.diagnostics if diagnostic.code == code]
    assert found, codes(blueprint)
    assert (found[0].place.file, found[0].place.line) == ("web.tex", line)
    assert found[0].hint


def test_an_environment_used_as_a_command_has_a_place(tmp_path: Path) -> None:
    blueprint = read(tmp_path, "{\\small\\lemma\\label{a} x}")
    assert [(node.id, node.statement.place.line) for node in blueprint.nodes] == [("a", 13)]
    assert codes(blueprint) == []


def test_an_include_loop_is_cut(tmp_path: Path) -> None:
    lemma = "\\begin{lemma}\\label{a} x\\end{lemma}\n"
    blueprint = read(
        tmp_path,
        "\\input{one}",
        one=lemma + "\\input{two}\n",
        two="\\input{one}\n\\begin{lemma}\\label{b} y\\end{lemma}\n",
    )
    assert [node.id for node in blueprint.nodes] == ["a", "b"]
    loop = next(diagnostic for diagnostic in blueprint.diagnostics if diagnostic.code == "include-loop")
    assert (loop.place.file, loop.place.line) == ("two.tex", 1)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"\n\\begin{lemma}\\label{a} caf\xe9\\end{lemma}", "not-utf8", 2),
        (b"\n\n\\begin{lemma}\\label{a}\0 x\\end{lemma}", "nul-character", 3),
    ],
)
def test_strange_bytes_are_read_and_reported(tmp_path: Path, data: bytes, code: str, line: int) -> None:
    (tmp_path / "part.tex").write_bytes(data)
    blueprint = read(tmp_path, "\\input{part}")
    assert [node.id for node in blueprint.nodes] == ["a"]
    (found,) = (diagnostic for diagnostic in blueprint.diagnostics if diagnostic.code == code)
    assert (found.place.file, found.place.line) == ("part.tex", line)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks_are_understood(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "part.tex").write_bytes("\\begin{lemma}\\label{é} x\\end{lemma}\r\n\r\ny".encode(encoding))
    assert [node.id for node in read(tmp_path, "\\input{part}").nodes] == ["é"]


def test_a_huge_file_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.tex").open("wb") as file:
        file.truncate(50_000_000)
    blueprint = read(tmp_path, "\\input{huge}\\begin{lemma}\\label{a} x\\end{lemma}")
    assert [node.id for node in blueprint.nodes] == ["a"]
    assert codes(blueprint) == ["file-too-large"]


def test_ten_thousand_nested_groups_are_no_trouble(tmp_path: Path) -> None:
    deep = "{" * 10_000 + "\\begin{lemma}\\label{deep} x\\end{lemma}" + "}" * 10_000
    arguments = "\\emph{" * 10_000 + "\\label{in}$x$" + "}" * 10_000
    blueprint = read(tmp_path, f"{deep}\n{arguments}\n\\begin{{lemma}}\\label{{a}} x\\end{{lemma}}")
    assert [node.id for node in blueprint.nodes] == ["deep", "a"]
    assert blueprint.diagnostics == ()


def test_a_folder_without_a_blueprint_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(BlueprintError, match=r"No blueprint found.*web\.tex"):
        read_blueprint(tmp_path)
    with pytest.raises(BlueprintError, match="There is no folder"):
        read_blueprint(tmp_path / "missing")


def test_a_sub_folder_of_a_clone_finds_its_blueprint(tmp_path: Path) -> None:
    source = tmp_path / "blueprint" / "src"
    source.mkdir(parents=True)
    (tmp_path / "lakefile.toml").touch()
    inner = tmp_path / "Project" / "Deep"
    inner.mkdir(parents=True)
    (source / "web.tex").write_text(document("\\begin{lemma}\\label{a} x\\end{lemma}"))
    for start in (tmp_path, inner, source, tmp_path / "blueprint", source / "web.tex"):
        blueprint = read_blueprint(start)
        assert Path(blueprint.folder) == tmp_path
        assert blueprint.nodes[0].statement.place.file == "blueprint/src/web.tex"


def test_a_document_that_is_no_blueprint_is_reported(tmp_path: Path) -> None:
    (tmp_path / "web.tex").write_text("Hello", encoding="utf-8")
    assert codes(read_blueprint(tmp_path)) == ["document-missing", "blueprint-not-loaded"]


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop() -> None:
        raise StoppedError

    (tmp_path / "web.tex").write_text(document("\\par " * 20_000), encoding="utf-8")
    with pytest.raises(StoppedError):
        read_blueprint(tmp_path, stop)


def test_a_reading_leaves_next_to_nothing_for_the_collector(samples_folder) -> None:
    gc.collect()
    gc.disable()
    try:
        blueprint = read_blueprint(samples_folder / "primes")
        assert gc.collect() < 5 * len(blueprint.nodes)
    finally:
        gc.enable()
