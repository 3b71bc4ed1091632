"""Outside programs: lines as they come, limits, and an end that leaves nothing behind."""

import os
import sys
import threading
import time

import pytest

from blueprint_app.lean.asking.environment import program_environment
from blueprint_app.lean.asking.process import Limits, Program, ProgramMissingError, TimeLimitError, run_program

pytestmark = pytest.mark.skipif(os.name != "posix", reason="starts small POSIX programs")


class StopError(Exception):
    pass


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def run(command, folder, **options):
    lines: list[str] = []
    code = run_program(command, folder, environment=program_environment(), on_line=lines.append, **options)
    return code, lines


def is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_words_are_not_a_shells(tmp_path):
    code, lines = run([*python("import sys; print(sys.argv[1:])"), "$HOME; touch x", "*", "`id`"], tmp_path)
    assert (code, lines) == (0, ["['$HOME; touch x', '*', '`id`']"])
    assert not list(tmp_path.iterdir())


def test_lines_come_as_they_are_written(tmp_path):
    gate = tmp_path / "gate"
    code = f"import os, time; print('first', flush=True)\nwhile not os.path.exists({str(gate)!r}): time.sleep(.01)"
    lines: list[str] = []

    def on_line(line: str) -> None:
        lines.append(line)
        gate.touch()

    limits = Limits(seconds=30)
    assert run_program(python(code), tmp_path, environment=program_environment(), on_line=on_line, limits=limits) == 0
    assert lines == ["first"]


def test_much_output_and_both_streams(tmp_path):
    code = "import sys\nfor i in range(50_000): print(i)\nsys.stderr.write('é\\xff last'); sys.exit(3)"
    code, lines = run(python(code), tmp_path)
    assert code == 3
    assert lines[:-1] == [str(i) for i in range(50_000)]
    assert lines[-1].endswith("last")


def test_a_line_without_end_comes_in_pieces(tmp_path):
    _, lines = run(python("print('x' * 300_000)"), tmp_path)
    assert len(lines) > 1
    assert sum(map(len, lines)) == 300_000


def test_a_cancelled_program_and_its_children_are_gone_within_a_tenth_of_a_second(tmp_path):
    started = tmp_path / "pids"
    code = (
        "import os, subprocess, sys, time, signal\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid, os.getpid(), flush=True); time.sleep(600)"
    )
    cancelled = threading.Event()
    asked_at = 0.0

    def on_line(line: str) -> None:
        nonlocal asked_at
        started.write_text(line, encoding="ascii")
        asked_at = time.monotonic()
        cancelled.set()

    def check() -> None:
        if cancelled.is_set():
            raise StopError

    with pytest.raises(StopError):
        run_program(python(code), tmp_path, environment=program_environment(), on_line=on_line, check=check)
    pids = [int(pid) for pid in started.read_text(encoding="ascii").split()]
    while any(is_alive(pid) for pid in pids):
        assert time.monotonic() - asked_at < 5
    # On a busy machine the scheduler may take its time; the program's own waits are 20 ms.
    assert time.monotonic() - asked_at < 1.0


def test_a_program_that_fills_its_output_can_be_cancelled(tmp_path):
    count = 0

    def on_line(line: str) -> None:
        nonlocal count
        count += 1
        if count == 10:
            raise StopError

    with pytest.raises(StopError):
        run_program(python("while True: print('y')"), tmp_path, environment=program_environment(), on_line=on_line)


def test_a_time_limit(tmp_path):
    with pytest.raises(TimeLimitError) as caught:
        run(python("import time; time.sleep(600)"), tmp_path, limits=Limits(seconds=0.2))
    assert "was ended" in caught.value.what_happened


def test_children_left_behind_hold_nobody_up(tmp_path):
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "print(child.pid)"
    )
    begun = time.monotonic()
    _, lines = run(python(code), tmp_path)
    assert time.monotonic() - begun < 20
    while is_alive(int(lines[0])):
        assert time.monotonic() - begun < 30


@pytest.mark.skipif(sys.platform != "linux", reason="memory limits hold on Linux")
def test_a_memory_limit(tmp_path):
    # The limit is set a moment after the start, as a program of Lean needs far longer than that to begin.
    code = "import time; time.sleep(.3); x = bytearray(600 * 2**20)"
    assert run(python(code), tmp_path)[0] == 0
    code, lines = run(python(code), tmp_path, limits=Limits(memory=300 * 2**20))
    assert code == 1
    assert lines[-1] == "MemoryError"


def test_programs_that_cannot_be_started(tmp_path):
    for command in (["no-such-program-at-all"], [str(tmp_path)], ["bad\0name"]):
        with pytest.raises(ProgramMissingError) as caught:
            run(command, tmp_path)
        assert caught.value.what_to_do


def test_nothing_outlives_the_application(tmp_path):
    program = Program(python("import time; time.sleep(600)"), tmp_path, program_environment())
    assert is_alive(program.pid)
    Program.end_all()
    assert not is_alive(program.pid)


def test_secrets_stay_here():
    own = {
        "PATH": "/bin",
        "HOME": "/home/me",
        "LC_CTYPE": "de_DE.UTF-8",
        "OPENAI_API_KEY": "secret",
        "LAKE_CACHE_KEY": "secret",
        "GITHUB_TOKEN": "secret",
        "https_proxy": "http://me:secret@proxy",
        "BLUEPRINT_PASSWORD": "secret",
        "LEAN_PATH": "/elsewhere",
    }
    assert "secret" not in "".join(program_environment(own=own).values())
    assert program_environment(own=own)["PATH"] == "/bin"
    assert "LEAN_PATH" not in program_environment(own=own)
    # A build that the user started fetches packages as it does in a terminal.
    assert program_environment(network=True, own=own)["https_proxy"]
    assert "OPENAI_API_KEY" not in program_environment(network=True, own=own)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of processor time hold on Linux")
def test_a_program_that_outlives_us_still_ends(tmp_path):
    code = "import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0])"
    later = f"import time; time.sleep(0.5); {code}"
    _, lines = run(python(later), tmp_path, limits=Limits(seconds=20))
    assert 20 <= int(lines[0]) <= 20 * 1024
