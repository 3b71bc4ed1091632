"""Making a Lean package of Mathlib's size searchable, and asking it: ``python -m benchmarks.library [FOLDER ...]``.

The package is made of the ``.lean`` files below the folders (the samples if none is given) as in `benchmarks.scanning`:
7,000 files, 80 MB.
"""

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.scanning import REPOSITORY, make_tree, timed
from blueprint_app.insight.search.full_text import asked_words
from blueprint_app.insight.search.tex_words import words_of_lean, words_of_name
from blueprint_app.lean.library_index import LibraryIndex, LibraryWords
from blueprint_app.lean.project import read_project

QUESTIONS = (
    "entropy of a sum of independent random variables", "prime number theorem", "nonnegative measure", "the sum",
    "a continuous function on a compact set is bounded", "subgroup of a finite group", "Finset.sum_comm",
    "logarithm of a product", "every set of positive density", "zeta function has no zeros",
)  # fmt: skip


def main() -> None:
    folders = [Path(argument) for argument in sys.argv[1:]] or [REPOSITORY / "samples"]
    texts = [path.read_text("utf-8", "replace") for folder in folders for path in sorted(folder.rglob("*.lean"))]
    with tempfile.TemporaryDirectory() as made:
        base = Path(made)
        package = base / ".lake" / "packages" / "big"
        package.mkdir(parents=True)
        make_tree(package, texts)
        (base / "lakefile.toml").write_text('name = "own"\n[[lean_lib]]\nname = "Own"\n', encoding="utf-8")
        packages = {"packagesDir": ".lake/packages", "packages": [{"name": "big", "type": "git", "rev": "1"}]}
        (base / "lake-manifest.json").write_text(json.dumps(packages), encoding="utf-8")
        tell(base)


def tell(base: Path) -> None:
    project = read_project(base)
    assert project is not None
    index = LibraryIndex(project, base / "cache", LibraryWords(words_of_name, words_of_lean))
    print("| | s | s of processors |\n|---|---|---|")
    with timed("reading and writing"):
        count = index.build()
    size = sum(path.stat().st_size for path in (base / "cache").iterdir())
    again = LibraryIndex(project, base / "cache", LibraryWords(words_of_name, words_of_lean))
    with timed("seeing that nothing is to be read"):
        again.build()
    times = []
    for question in QUESTIONS:
        begun = time.thread_time()
        again.find(asked_words(question))
        times.append((time.thread_time() - begun) * 1000)
    print(
        f"\n{count:,} declarations, {size / 2**20:.0f} MB on disk; a question takes {statistics.median(times):.0f} ms,"
    )
    print(f"the worst of {len(times)} {max(times):.0f} ms.")


if __name__ == "__main__":
    main()
