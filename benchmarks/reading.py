"""Reading a blueprint here and with plasTeX + leanblueprint, in one run: ``python -m benchmarks.reading [CORPUS]``.

Both read the same project in a fresh process each time (plasTeX keeps state in its classes) and
time the reading alone, without the imports. The ratio of the medians is what counts.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent

OURS = """
import sys, time
from pathlib import Path
from blueprint_app.bootstrap.opening import open_project
start = time.perf_counter()
snapshot = open_project(Path(sys.argv[1]))
print(time.perf_counter() - start, len(snapshot.blueprint.nodes))
"""

THEIRS = """
import os, sys, time
from plasTeX import TeXDocument
from plasTeX.client import collect_renderer_config
from plasTeX.Config import defaultConfig
from plasTeX.Logging import disableLogging
from plasTeX.TeX import TeX
os.chdir(sys.argv[1])
config = defaultConfig()
collect_renderer_config(config)
config["general"].data["renderer"].value = "HTML5"
if os.path.exists("plastex.cfg"):
    config.read(["plastex.cfg"])
disableLogging()
start = time.perf_counter()
document = TeXDocument(config=config)
tex = TeX(document, file="web.tex")
document.userdata["jobname"], document.userdata["working-dir"] = tex.jobname, os.getcwd()
tex.parse()
print(time.perf_counter() - start)
"""


def seconds(script: str, folder: Path) -> float:
    run = subprocess.run(
        [sys.executable, "-c", script, str(folder)], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return float(run.stdout.split()[-2 if script is OURS else -1])


def nodes_of(folder: Path) -> int:
    run = subprocess.run(
        [sys.executable, "-c", OURS, str(folder)], cwd=REPOSITORY, capture_output=True, text=True, check=True
    )
    return int(run.stdout.split()[-1])


def main(corpus: Path, repeats: int = 3) -> None:
    print("| project | nodes | plasTeX + leanblueprint s | here s | ratio |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for reference in sorted(corpus.glob("*/reference.json")):
            # leanblueprint writes beside the project, so that it works on a copy.
            project = Path(shutil.copytree(reference.parent, Path(scratch) / reference.parent.name))
            for path in (project, *project.rglob("*")):
                path.chmod(0o755 if path.is_dir() else 0o644)
            source = next(path.parent for path in sorted(project.rglob("web.tex"), key=lambda path: len(path.parts)))
            count = nodes_of(project)
            theirs, ours = [], []
            for _ in range(repeats):
                theirs.append(seconds(THEIRS, source))
                ours.append(seconds(OURS, project))
            slow, fast = statistics.median(theirs), statistics.median(ours)
            print(f"| {project.name} | {count} | {slow:.2f} | {fast:.3f} | 1/{slow / fast:.0f} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY.parent / "shared" / "corpus")
