"""What a declaration rests on is guessed from the names in its text, and never in a circle."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.sources.lean_architect.declarations import ScannedFile, scan_file
from blueprint_app.sources.lean_architect.inference import Inferred, UsesByText
from blueprint_app.sources.lean_architect.masking import mask


def scanned(files: dict[str, str]) -> dict[str, ScannedFile]:
    return {module: scan_file(mask(f"{module}.lean", text)) for module, text in files.items()}


def ask(files: dict[str, str], name: str, module: str, labels: dict[str, str]) -> tuple[Inferred, Inferred]:
    return UsesByText(scanned(files), labels).of([name], f"{module}.lean")


def test_statement_and_proof_are_told_apart() -> None:
    text = "def a := 1\ntheorem b : True := trivial\n/- b -/\ntheorem c (h : a = 1) : True := by\n  exact b.elim -- d\n"
    statement, proof = ask({"M": text}, "c", "M", {"a": "A", "b": "B"})
    assert (statement.labels, proof.labels) == (("A",), ("B",))


def test_names_are_found_through_namespaces_and_openings() -> None:
    text = (
        "namespace N.M\ndef a := 1\nend N.M\nnamespace O\ndef b := 2\nend O\nopen O\nnamespace N\n"
        "theorem M.c : M.a = b := rfl\ntheorem d : _root_.N.M.a = O.b := rfl\nend N\ntheorem e : a = 1 := rfl\n"
    )
    labels = {"N.M.a": "A", "O.b": "B"}
    assert ask({"X": text}, "N.M.c", "X", labels)[0].labels == ("A", "B")
    assert ask({"X": text}, "N.d", "X", labels)[0].labels == ("A", "B")
    assert ask({"X": text}, "e", "X", labels)[0].labels == ()


def test_what_is_not_tagged_is_gone_through_with_its_sorry() -> None:
    text = (
        "def a := 1\ntheorem h1 : a = 1 := sorry\ntheorem h2 : True := by exact h1\n"
        "theorem t : True := by exact h2\ntheorem u : True := by exact t\n"
    )
    labels = {"a": "A", "t": "T"}
    assert ask({"M": text}, "t", "M", labels)[1] == Inferred(("A",), sorry=True)
    assert ask({"M": text}, "u", "M", labels)[1] == Inferred(("T",), sorry=False), "it ends at a node"


def test_only_imported_modules_and_what_stands_before_is_seen() -> None:
    files = {
        "A": "def a := 1",
        "B": "import A\ndef b := a",
        "C": "public import B\ntheorem c : a = b := late other\ntheorem late : True := trivial",
        "D": "theorem other : True := trivial",
    }
    labels = {"a": "a", "b": "b", "late": "late", "other": "other"}
    statement, proof = ask(files, "c", "C", labels)
    assert (statement.labels, proof.labels) == (("a", "b"), ())


def test_modules_that_import_each_other_end() -> None:
    files = {"A": "import B\ndef a := b", "B": "import A\ndef b := a"}
    UsesByText(scanned(files), {}).of(["a"], "A.lean")


def test_a_long_chain_needs_no_recursion() -> None:
    lines = ["def n0 := 1", *(f"def n{k} := n{k - 1}" for k in range(1, 3000)), "theorem t : n2999 = 1 := rfl"]
    assert ask({"M": "\n".join(lines)}, "t", "M", {"n0": "first"})[0].labels == ("first",)


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.lists(st.sampled_from("abcde"), max_size=3)), max_size=8))
def test_guesses_of_one_file_go_backwards(declarations: list[tuple[str, list[str]]]) -> None:
    text = "\n".join(f"def {name} := f {' '.join(used)}" for name, used in declarations)
    order = {name: number for number, (name, _) in reversed(list(enumerate(declarations)))}
    uses = UsesByText(scanned({"M": text}), {name: name for name in order})
    for name in order:
        _, proof = uses.of([name], "M.lean")
        assert all(order[label] < order[name] for label in proof.labels)


_TEXTS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.lists(st.sampled_from([*"abcde", "sorry"]), max_size=3)), max_size=4
).map(lambda declarations: "\n".join(f"def {name} := f {' '.join(used)}" for name, used in declarations))


@given(st.tuples(_TEXTS, _TEXTS, _TEXTS), st.lists(st.tuples(st.sampled_from("ABC"), _TEXTS), max_size=4))
def test_what_is_kept_of_a_former_project_is_what_would_be_found_anew(
    texts: tuple[str, str, str], edits: list[tuple[str, str]]
) -> None:
    imports = {"A": "", "B": "import A\n", "C": "import A\nimport B\n"}
    files = scanned({module: imports[module] + text for module, text in zip("ABC", texts, strict=True)})
    labels = {"a": "A", "b": "B"}
    uses = UsesByText(files, labels)
    for module, text in [*edits, ("A", "")]:
        answers(uses)
        files |= scanned({module: imports[module] + text})
        uses = UsesByText(files, labels, former=uses)
        assert answers(uses) == answers(UsesByText(files, labels))


def answers(uses: UsesByText) -> list[tuple[Inferred, Inferred]]:
    return [uses.of([name], f"{module}.lean") for module in "ABC" for name in "abcde"]
