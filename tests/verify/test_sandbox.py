"""The sandbox itself, with programs that do their worst: nothing gets out, nothing stays."""

import contextlib
import os
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from blueprint_app.lean.asking.process import TimeLimitError
from blueprint_app.verify import sandbox as sandboxes
from blueprint_app.verify.limits import JudgeLimits
from blueprint_app.verify.sandbox import (
    SCRATCH,
    Job,
    LimitError,
    MemoryLimitError,
    NoSandbox,
    Sandbox,
    find_sandbox,
)
from tests.verify.processes import leaves_no_process, processes_in, watched_namespaces

PYTHON = Path(os.path.realpath(sys.executable))
BASE = Path(os.path.realpath(sys.base_prefix))
LIMITS = JudgeLimits(
    seconds=60,
    memory=400 * 2**20,
    processes=20,
    threads=100,
    scratch=50 * 2**20,
    file=20 * 2**20,
    output=100_000,
)


@pytest.fixture
def sandbox() -> Sandbox:
    found = find_sandbox()
    if isinstance(found, NoSandbox):
        pytest.skip(f"no sandbox: {found.reason}")
    return found


def python(code: str, **more) -> Job:
    readable = (BASE, *more.pop("readable", ()))
    return Job((str(PYTHON), "-I", "-c", textwrap.dedent(code)), readable, **more)


def run(sandbox: Sandbox, job: Job, limits: JudgeLimits = LIMITS, lasting: bool = False) -> tuple[int, list[str]]:
    lines: list[str] = []
    with leaves_no_process(lasting):
        code = sandbox.run(job, limits, lines.append)
    return code, lines


def shell(text: str, **more) -> Job:
    return Job(("sh", "-c", text), **more)


def test_only_what_was_given_is_there(sandbox, tmp_path, monkeypatch):
    monkeypatch.setenv("API_KEY", "sk-secret")
    (Path.home() / ".ssh").mkdir(exist_ok=True)
    (Path.home() / ".ssh/id_rsa").write_text("secret key", encoding="utf-8")
    given, answer, folder = tmp_path / "given", tmp_path / "answer", tmp_path / "folder"
    given.write_text("given text\n", encoding="utf-8")
    answer.touch()
    folder.mkdir()
    (folder / "a").touch()
    job = shell(
        f"cat /in/given; ls {folder}; ls {tmp_path}; cat {Path.home()}/.ssh/id_rsa; ls -d /home /etc/passwd;"
        f" echo answered > /in/answer; env; cat /proc/*/environ; echo; touch {SCRATCH}/x && echo scratch",
        readable=(folder,),
        given={"/in/given": given},
        answer=("/in/answer", answer),
    )
    _, lines = run(sandbox, job)
    said = "\n".join(lines)
    assert "given text" in said
    assert "scratch" in lines
    assert "a" in lines
    assert answer.read_text(encoding="utf-8") == "answered\n"
    assert "secret" not in said
    assert "folder" in lines, "of the folders around it only the way to what was given is there"
    assert "given" not in lines
    assert not {"/home", "/etc/passwd"} & set(lines)


def test_nothing_but_scratch_and_answer_can_be_written(sandbox, tmp_path):
    given, folder = tmp_path / "given", tmp_path / "folder"
    folder.mkdir()
    given.write_text("as it was", encoding="utf-8")
    places = f"/ /usr /dev /dev/shm /proc /proc/sys/kernel /in /etc {folder} {tmp_path}"
    code = f"for p in {places}; do touch $p/written && echo wrote $p; done; echo x > /in/given && echo wrote given;"
    code += "echo core > /proc/sys/kernel/core_pattern && echo wrote core; rm -rf /usr/bin/true && echo removed"
    _, lines = run(sandbox, shell(code, readable=(folder,), given={"/in/given": given}))
    assert [line for line in lines if line.startswith(("wrote", "removed"))] == []
    assert given.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["folder", "given"]


def test_there_is_no_network(sandbox):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        code = f"""
            import socket
            for host in ("127.0.0.1", "1.1.1.1"):
                try:
                    socket.create_connection((host, {port}), 2)
                    print("connected")
                except OSError as error:
                    print("refused")
            """
        _, lines = run(sandbox, python(code))
        assert lines == ["refused", "refused"]
        with pytest.raises(TimeoutError):
            server.accept()


def test_it_is_alone_with_its_processes(sandbox):
    _, lines = run(sandbox, python("import os; print(sorted(n for n in os.listdir('/proc') if n.isdigit()))"))
    assert len(eval(lines[0])) <= 3
    _, lines = run(sandbox, shell(f"kill -9 {os.getpid()} -1 2>&1; grep Cap /proc/self/status; id -u"))
    assert {line.split()[1] for line in lines if line.startswith("Cap")} == {"0" * 16}


def test_a_fork_bomb(sandbox):
    with pytest.raises(LimitError, match="more than 20 processes"):
        run(sandbox, python("import os\nwhile True: os.fork()"), lasting=True)


def test_threads_without_end(sandbox):
    limits = JudgeLimits(seconds=60, threads=100)
    code = """
        import threading, time
        for _ in range(3000):
            threading.Thread(target=time.sleep, args=(60,)).start()
        """
    with pytest.raises(LimitError, match="processes"):
        run(sandbox, python(code), limits)


def test_a_daemon_dies_with_the_rest(sandbox):
    code = """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.close(1); os.close(2)
                time.sleep(600)
            os._exit(0)
        time.sleep(0.5)
        print("parent ends")
        """
    began = time.monotonic()
    assert run(sandbox, python(code), lasting=True) == (0, ["parent ends"])
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    "code",
    [
        "x = bytearray(3_000_000_000)\nfor i in range(0, len(x), 4096): x[i] = 1",
        "import mmap\nx = mmap.mmap(-1, 3_000_000_000)\nfor i in range(0, len(x), 4096): x[i] = 1",
        # Each alone stays below the limit.
        "import os, time\nfor _ in range(9): os.fork() or (b := b'x' * 100_000_000, time.sleep(60))\ntime.sleep(60)",
    ],
    ids=["its own", "shared", "of many processes"],
)
def test_memory(sandbox, code):
    ended, lines = 1, ["MemoryError"]
    with contextlib.suppress(MemoryLimitError):
        ended, lines = run(sandbox, python(code))
    assert ended != 0
    assert "MemoryError" in "\n".join(lines)


def test_time(sandbox):
    began = time.monotonic()
    with pytest.raises(TimeLimitError):
        run(sandbox, shell("trap '' TERM INT HUP; while :; do :; done"), JudgeLimits(seconds=1), lasting=True)
    assert time.monotonic() - began < 20


def test_output(sandbox):
    with pytest.raises(LimitError, match="printed more than"):
        run(sandbox, shell("yes"))
    with pytest.raises(LimitError, match="printed more than"):
        run(sandbox, shell("head -c 1000000000 /dev/zero"))


def test_the_scratch_folder_is_small(sandbox):
    code = f"for i in 1 2 3 4 5 6; do head -c 15000000 /dev/zero > {SCRATCH}/$i; done; df {SCRATCH} | tail -1"
    _, lines = run(sandbox, shell(code))
    assert "100%" in lines[-1]
    code, lines = run(sandbox, shell(f"head -c 30000000 /dev/zero > {SCRATCH}/big; ls -s {SCRATCH}"))
    assert "File size limit" in "\n".join(lines)


def test_a_stop(sandbox):
    class StopError(Exception):
        pass

    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls > 10:
            raise StopError

    began = time.monotonic()
    with pytest.raises(StopError), leaves_no_process(lasting=True):
        sandbox.run(shell("sleep 600 & sleep 600"), LIMITS, lambda line: None, check)
    assert time.monotonic() - began < 20


def test_it_dies_with_the_application(sandbox, tmp_path):
    code = """
        from blueprint_app.verify.sandbox import Job, find_sandbox
        from blueprint_app.verify.limits import JudgeLimits
        job = Job(("sh", "-c", "echo begun; sleep 600"))
        find_sandbox().run(job, JudgeLimits(), lambda line: print(line, flush=True))
        """
    with watched_namespaces() as seen:
        app = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, cwd=Path.cwd())
        assert app.stdout is not None
        assert app.stdout.readline() == b"begun\n"
        while not seen:
            time.sleep(0.01)
        app.kill()
        app.wait()
        app.stdout.close()
        deadline = time.monotonic() + 20
        while processes_in(seen) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert processes_in(seen) == []


def test_a_machine_without_bubblewrap(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_sandbox()
    assert isinstance(found, NoSandbox)
    assert "bubblewrap" in found.reason
    assert found.hint == "Install bubblewrap."


def test_a_bubblewrap_that_may_not_work(monkeypatch, tmp_path):
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    found = find_sandbox()
    assert isinstance(found, NoSandbox)
    assert "No permissions to create new namespace" in found.reason
    assert "user namespaces" in found.hint


def test_another_system(monkeypatch):
    monkeypatch.setattr(sandboxes.sys, "platform", "darwin")
    found = find_sandbox()
    assert isinstance(found, NoSandbox)
    assert "Linux" in found.hint
