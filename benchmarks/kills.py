"""What kill -9 costs: nothing that was confirmed is lost, nothing stays behind running, and all goes on as before.

Run: ``python -m benchmarks.kills [--kills 50] [--seed 1]``. What is killed, at random moments: the window while it
opens a project, the layout of a large graph, the writing of settings and of attempt records, and a run over many nodes
against a real model server. Exits 1 where anything was wrong. Linux only, as it looks for processes in /proc.
"""

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.graphs import write_project
from blueprint_app.assistant.batch.journal import Journal
from blueprint_app.assistant.records.record import Outcome
from blueprint_app.assistant.records.store import AttemptStore
from blueprint_app.ui.settings.settings import Settings
from tests.assistant.batch.test_runner import PLAN, lean, nodes
from tests.fakes.model_server import Answer, Call, ModelServer, says

ROOT = Path(__file__).resolve().parent.parent
SHARES = {"open": 0.3, "layout": 0.2, "settings": 0.1, "records": 0.2, "batch": 0.2}
MARK = "BLUEPRINT_KILLS"
PARALLEL = 4

WRITES_SETTINGS = """
import sys
from pathlib import Path
from blueprint_app.ui.settings.settings import Settings
settings = Settings(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), 10**9):
    settings["geometry"] = f"{number:09} " + "x" * 2000
    print(number, flush=True)
"""
WRITES_RECORDS = """
import sys
from pathlib import Path
from blueprint_app.assistant.records.store import AttemptStore
from tests.assistant.records.attempts import full
store = AttemptStore(Path(sys.argv[1]))
while True:
    print(store.write(full("lem:a"), "by simp\\n" * 2000, ".lean").id, flush=True)
"""


@dataclass
class Told:
    """What came of the kills of one kind: `confirmed` counts what was reported as done before them."""

    kills: int = 0
    confirmed: int = 0
    wrong: list[str] = field(default_factory=list)

    def expect(self, holds: object, words: str) -> None:
        """Keep the words where something does not hold."""
        if not holds:
            self.wrong.append(f"kill {self.kills}: {words}")


class Place:
    """A home folder, and the programs that are started in it."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        self.cache = self.home / ".cache" / "blueprint-explorer"
        self._mark = f"{MARK}={folder}".encode()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
            "HOME": str(self.home),
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            MARK: str(folder),
        }
        if os.geteuid() == 0:
            self.environment["QTWEBENGINE_DISABLE_SANDBOX"] = "1"

    def start(self, *arguments: str | Path, **more: str) -> "subprocess.Popen[bytes]":
        """Start Python."""
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env={**self.environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: str | Path, **more: str) -> tuple[bytes, str]:
        """The output and the errors of a Python program that ends by itself."""
        process = self.start(*arguments, **more)
        output, errors = process.communicate(timeout=180)
        return output, errors.decode(errors="replace")

    def left_running(self, seconds: float = 20.0) -> list[str]:
        """What of all that was started here still runs after so many seconds."""
        deadline = time.monotonic() + seconds
        while (left := self._running()) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left

    def _running(self) -> list[str]:
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if self._mark in (process / "environ").read_bytes().split(b"\0"):
                    found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")[:120])
            except OSError:
                continue
        return [line for line in found if line]


def killed(process: "subprocess.Popen[bytes]") -> list[str]:
    """Kill a program at once; the whole lines that it had printed."""
    process.kill()
    output, _ = process.communicate()
    return output.decode(errors="replace").split("\n")[:-1]


def after_first_line(process: "subprocess.Popen[bytes]", seconds: float) -> list[str]:
    """Let a program run for a while from its first line on, and kill it; the lines that it had printed."""
    assert process.stdout is not None
    first = process.stdout.readline().decode().strip()
    time.sleep(seconds)
    return [first, *killed(process)]


def digest(folder: Path) -> str:
    """Of all names and contents in a folder."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found.update(str(path.relative_to(folder)).encode())
        if path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()


def kill_open(place: Place, kills: int) -> Told:
    """The window, from its first instruction until some while after all stands; then damage to all that it keeps."""
    told = Told()
    project = shutil.copytree(ROOT / "samples" / "primes", place.folder / "primes")
    before = digest(project)
    settings = place.home / ".config" / "blueprint-explorer" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"theme": "dark"}')
    for told.kills in range(1, kills + 1):
        process = place.start("-m", "blueprint_app", project)
        time.sleep(place.chance.uniform(0.1, 4.0))
        told.expect(process.poll() is None, "the window had ended by itself")
        killed(process)
        told.expect(digest(project) == before, "the project was changed")
        held = Settings(settings)
        told.expect(held["theme"] == "dark" and not held.problems, f"the settings were lost: {held.problems}")
        told.expect(not (left := place.left_running()), f"still running: {left}")
        told.confirmed += 1
    open_once_more(place, project, told)
    damage(place)
    open_once_more(place, project, told)
    return told


def open_once_more(place: Place, project: Path, told: Told) -> None:
    """The window opens, shows graph and formulas, and has kept the layout."""
    picture = place.folder / "picture.png"
    _, errors = place.run("-m", "blueprint_app", project, BLUEPRINT_EXPLORER_PICTURE=str(picture))
    shown = json.loads(picture.with_suffix(".json").read_text())
    told.expect(shown.get("formulas", 0) > 0 and "painted" in shown, f"the window does not open any more: {shown}")
    told.expect("Traceback" not in errors, errors)
    layouts = list(place.cache.rglob("*.layout"))
    told.expect(layouts and all(b"DAMAGED" not in path.read_bytes() for path in layouts), "no sound layout is kept")


def damage(place: Place) -> None:
    """Cut all that is kept in the cache, and write nonsense behind it."""
    for path in place.cache.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] + b"DAMAGED" + place.chance.randbytes(100))


def kill_layout(place: Place, kills: int) -> Told:
    """The command that has a large graph laid out by a process of its own."""
    told = Told()
    project = write_project(place.folder / "many", 400)
    command = ("-m", "blueprint_app", "graph", project, "--format", "svg")
    reference, _ = place.run(*command)
    for told.kills in range(1, kills + 1):
        process = place.start(*command)
        time.sleep(place.chance.uniform(0.2, 2.5))
        killed(process)
        told.expect(not (left := place.left_running()), f"still running: {left}")
        output, errors = place.run(*command)
        told.expect(output == reference, f"another picture after the kill: {errors}")
        told.confirmed += 1
    return told


def kill_settings(place: Place, kills: int) -> Told:
    """A program that writes settings without a rest."""
    told, path, last = Told(), place.folder / "settings" / "settings.json", 0
    for told.kills in range(1, kills + 1):
        lines = after_first_line(place.start("-c", WRITES_SETTINGS, path, str(last + 1)), place.chance.uniform(0, 0.3))
        held = Settings(path)
        told.expect(not held.problems, f"{held.problems}")
        told.expect(int(held["geometry"].split()[0]) >= int(lines[-1]), f"{lines[-1]} was confirmed and is lost")
        told.confirmed += len(lines)
        last = int(held["geometry"].split()[0])
    return told


def kill_records(place: Place, kills: int) -> Told:
    """A program that writes attempt records without a rest."""
    told, project = Told(), place.folder / "project"
    project.mkdir()
    confirmed: set[str] = set()
    for told.kills in range(1, kills + 1):
        confirmed.update(after_first_line(place.start("-c", WRITES_RECORDS, project), place.chance.uniform(0, 0.3)))
        store = AttemptStore(project)
        records, problems = store.read()
        told.expect(not problems, f"{problems}")
        told.expect(confirmed <= {record.id for record in records}, "a record that was confirmed is lost")
        told.expect(all(store.reply(record) == "by simp\n" * 2000 for record in records), "a reply is cut short")
    told.confirmed = len(confirmed)
    return told


class Asked:
    """Counts the questions of a run, and tells when there were so many."""

    def __init__(self) -> None:
        self.times: Counter[tuple[str, bool]] = Counter()
        self._changed = threading.Condition()

    def answer(self, call: Call) -> Answer:
        """A first draft that Lean refuses, then one that it takes."""
        found = re.search(r"The statement of (\S+)\.", call.text)
        assert found is not None
        is_repair = "does not accept" in call.text
        with self._changed:
            self.times[found[1], is_repair] += 1
            self._changed.notify_all()
        return says(lean("by good" if is_repair else f"by bad_{found[1][4:]}"))

    def wait_for(self, count: int) -> None:
        """Wait until there were so many."""
        with self._changed:
            self._changed.wait_for(lambda: self.times.total() >= count, timeout=60)


def kill_batch(place: Place, kills: int) -> Told:
    """A run over many nodes: it goes on from its diary until it is done."""
    told, asked = Told(), Asked()
    plan = replace(PLAN, nodes=nodes(8 * kills + 8), parallel=PARALLEL)
    folder = place.folder / "batch"
    journal = folder / "run.jsonl"
    Journal(journal, plan, folder)
    with ModelServer() as server:
        server.script(asked.answer)
        command = (
            "-m",
            "tests.fakes.batch_maker",
            journal,
            folder / "ledger.jsonl",
            folder,
            server.endpoint().base_url,
        )
        paid = 0
        for told.kills in range(1, kills + 1):
            process = place.start(*command)
            asked.wait_for(asked.times.total() + place.chance.randint(3, 12))
            time.sleep(place.chance.uniform(0, 0.05))
            killed(process)
            now = sum(map(len, Journal(journal, plan, folder).paid.values()))
            told.expect(now >= paid, f"of {paid} answers that were paid for {now} are left")
            told.expect(not (left := place.left_running()), f"still running: {left}")
            paid = now
        place.run(*command)
    whole = Journal(journal, plan, folder)
    told.confirmed = sum(map(len, whole.paid.values()))
    told.expect(len(whole.done) == len(plan.nodes), f"{len(whole.done)} of {len(plan.nodes)} nodes are done")
    told.expect(told.confirmed == 2 * len(plan.nodes), f"{told.confirmed} answers are kept")
    on_their_way = asked.times.total() - told.confirmed
    told.expect(on_their_way <= PARALLEL * kills, f"{on_their_way} questions were asked again")
    records, problems = AttemptStore(folder).read()
    rounds = Counter((each.node, each.round) for each in records if each.outcome is not Outcome.ABANDONED)
    told.expect(not problems, f"{problems}")
    told.expect(
        rounds == Counter({(node, number): 1 for node in plan.nodes for number in (1, 2)}),
        "records are lost or doubled",
    )
    return told


KINDS: dict[str, Callable[[Place, int], Told]] = {
    "open": kill_open,
    "layout": kill_layout,
    "settings": kill_settings,
    "records": kill_records,
    "batch": kill_batch,
}


def kill_some(kind: str, kills: int, seed: int) -> Told:
    """So many kills of one kind, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="blueprint-kills-", ignore_cleanup_errors=True) as folder:
        return KINDS[kind](Place(Path(folder), random.Random(seed)), kills)


def main() -> int:
    """Kill, look, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    wrong: list[str] = []
    print("| killed while | kills | confirmed before | wrong after | seconds |\n|---|---|---|---|---|", flush=True)
    for kind, share in SHARES.items():
        begun = time.monotonic()
        told = kill_some(kind, max(round(options.kills * share), 1), options.seed)
        seconds = time.monotonic() - begun
        print(f"| {kind} | {told.kills} | {told.confirmed} | {len(told.wrong)} | {seconds:.0f} |", flush=True)
        wrong += [f"{kind}: {words}" for words in told.wrong]
    print(*wrong, sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
