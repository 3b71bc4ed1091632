"""Nothing is sent, and nothing even tried, unless the user asks: seen by the kernel, in a network with no way out.

The app runs in a network namespace of its own. There every attempt to reach another machine, by whichever of its
processes, fails for want of a route and is counted; so is every packet to this machine itself.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
COUNTS = 'cat /proc/net/snmp /proc/net/snmp6 /proc/net/dev >"$COUNTS"'

OF_VERSION_4 = {"Ip": ("OutRequests", "OutNoRoutes"), "Tcp": ("ActiveOpens",), "Udp": ("OutDatagrams",)}

# Whatever Python's own part tries, by name, so that a failure tells who it was.
WATCHER = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"):
        place = arguments[1] if event.startswith(("socket.connect", "socket.send")) else arguments[0]
        if not isinstance(place, (str, bytes)) or event not in ("socket.connect", "socket.sendto"):
            with open(os.environ["TRIED"], "a") as file:
                print(event, place, file=file)
sys.addaudithook(watch)
"""


def in_no_network(tmp_path: Path, script: str, **environment: str) -> tuple[dict[str, int], str]:
    """What was tried while a shell script ran in a network namespace of its own: as counted, and as Python named it."""
    if shutil.which("bwrap") is None:
        pytest.skip("no bubblewrap")
    (tmp_path / "watcher").mkdir(exist_ok=True)
    (tmp_path / "watcher" / "sitecustomize.py").write_text(WATCHER)
    counts, tried = tmp_path / "counts", tmp_path / "tried"
    own = {
        **{name: value for name, value in os.environ.items() if not name.startswith("XDG_")},
        "HOME": str(tmp_path),
        "COUNTS": str(counts),
        "TRIED": str(tried),
        "PYTHON": sys.executable,
        "PYTHONPATH": f"{tmp_path / 'watcher'}{os.pathsep}{REPOSITORY}",
        **environment,
    }
    within = f"({script}\n); status=$?\n{COUNTS}; exit $status"
    command = ["bwrap", "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent", "sh", "-c", within]
    ended = subprocess.run(command, env=own, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    if "Operation not permitted" in ended.stderr and not counts.exists():
        pytest.skip("this machine does not let bubblewrap make a network namespace")
    assert ended.returncode == 0, ended.stderr
    return counted(counts.read_text()), tried.read_text() if tried.exists() else ""


def counted(text: str) -> dict[str, int]:
    """The counters of all that leaves a network namespace, and of what finds no way out of it."""
    found = {}
    for protocol, names in {
        "Ip": ["OutRequests", "OutNoRoutes"],
        "Tcp": ["ActiveOpens"],
        "Udp": ["OutDatagrams"],
    }.items():
        heads, values = (line.split() for line in re.findall(rf"^{protocol}: (.*)$", text, re.M)[:2])
        found |= {f"{protocol} {name}": int(values[heads.index(name)]) for name in names}
    for name in ("Ip6OutNoRoutes", "Udp6OutDatagrams"):
        found[name] = int(re.findall(rf"^{name}\s+(\d+)$", text, re.M)[0])
    found["lo packets"] = int(re.findall(r"^\s*lo:(.*)$", text, re.M)[0].split()[9])
    return found


@pytest.mark.parametrize(
    ("attempt", "counter"),
    [
        ("socket.socket().connect(('192.0.2.1', 443))", "Ip OutNoRoutes"),
        ("socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 53))", "Ip OutNoRoutes"),
        ("socket.socket(socket.AF_INET6).connect(('2001:db8::1', 443))", "Ip6OutNoRoutes"),
        ("socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).connect(('2001:db8::1', 53))", "Ip6OutNoRoutes"),
        ("socket.socket().connect(('127.0.0.1', 9))", "lo packets"),
    ],
)
def test_an_attempt_would_be_seen(tmp_path, attempt, counter):
    script = f'"$PYTHON" -c "import socket; {attempt}" || true'
    counts, tried = in_no_network(tmp_path, script)
    assert counts[counter] > 0, counts
    assert "socket.connect" in tried


@pytest.mark.slow
def test_the_window_reaches_for_nothing(tmp_path):
    picture = tmp_path / "picture.png"
    counts, tried = in_no_network(
        tmp_path, '"$PYTHON" -m blueprint_app', QT_QPA_PLATFORM="offscreen", BLUEPRINT_EXPLORER_PICTURE=str(picture)
    )
    assert picture.stat().st_size > 10_000
    assert '"formulas"' in picture.with_suffix(".json").read_text()
    assert tried == ""
    assert set(counts.values()) == {0}, counts


@pytest.mark.slow
def test_commands_reach_for_nothing(tmp_path, samples_folder):
    script = """
        set -e
        for command in status next blocked check attempts models "search sums" "graph --format svg" \
            "report -o r.html" "snapshot -o s.bpsnap" "badge -o b.svg"; do
            set -- $command; name=$1; shift
            case $name in
                models) "$PYTHON" -m blueprint_app models || [ $? = 1 ] ;;
                search) "$PYTHON" -m blueprint_app search "$PROJECT" "$@" ;;
                check) "$PYTHON" -m blueprint_app check "$PROJECT" || [ $? = 1 ] ;;
                *) "$PYTHON" -m blueprint_app $name "$PROJECT" "$@" ;;
            esac
        done
        "$PYTHON" -m blueprint_app ask "$PROJECT" thm:fib-add --show || true
    """
    counts, tried = in_no_network(tmp_path, script, PROJECT=str(samples_folder / "primes"))
    assert (tmp_path / "r.html").exists()
    assert tried == ""
    assert set(counts.values()) == {0}, counts
