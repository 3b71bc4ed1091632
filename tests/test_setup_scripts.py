"""`./run` and `./check` on machines in every condition, played by stand-ins for Python, apt and the loader."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the set-up of system packages is Linux's")

# Answers what the scripts ask of a Python, and writes down what it is told to do.
PYTHON = r"""#!/bin/sh
case "$*" in
    *version_info*) exit "${PYTHON_IS_OLD:-0}" ;;
    *ensurepip*) exit "${NO_VENV:-0}" ;;
    --version) echo "Python 3.9.2"; exit 0 ;;
    "-m pip --version") exit 0 ;;
esac
echo "$*" >>"$CALLS"
case "$*" in
    "-m venv "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
    "-m pip install"*) exit "${PIP_FAILS:-0}" ;;
    "-m blueprint_app"*) echo "app started with: $*" ;;
esac
"""
APT_GET = '#!/bin/sh\necho "apt-get $*" >>"$CALLS"\n'
# This release knows the newer name of the sound library only.
APT_CACHE = '#!/bin/sh\n[ "$2" = libasound2t64 ]\n'
FOUND_ALL = "\n".join(
    f"\t{line.split()[0]} (libc6,x86-64) => /lib/x"
    for line in (REPOSITORY / "packaging" / "setup.sh").read_text(encoding="utf-8").splitlines()
    if line.startswith("lib") and ".so" in line
)


@dataclass
class Machine:
    """A checkout in a folder with a space, on a machine whose programs are stand-ins."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def checkout(self) -> Path:
        return self.folder / "my checkout"

    @property
    def calls(self) -> list[str]:
        """What Python and apt-get were told since the last `forget`."""
        log = self.folder / "calls"
        return log.read_text(encoding="utf-8").splitlines() if log.exists() else []

    def forget(self) -> None:
        (self.folder / "calls").unlink(missing_ok=True)

    def program(self, name: str, text: str) -> None:
        path = self.folder / "programs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        path.chmod(0o755)

    def libraries(self, listed: str) -> None:
        self.program("ldconfig", f"#!/bin/sh\ncat <<'END'\n{listed}\nEND\n")

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.checkout / "run"), *arguments],
            cwd=self.folder,
            env={
                "PATH": f"{self.folder / 'programs'}:/usr/bin:/bin",
                "HOME": str(self.folder),
                "CALLS": str(self.folder / "calls"),
                **self.environment,
                **environment,
            },
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = Machine(tmp_path)
    made.checkout.mkdir()
    for name in ("run", "check", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, made.checkout / name)
    shutil.copytree(REPOSITORY / "packaging", made.checkout / "packaging")
    made.program("python3", PYTHON)
    made.program("apt-get", APT_GET)
    made.program("apt-cache", APT_CACHE)
    made.program("id", "#!/bin/sh\necho 1000\n")
    made.program("sudo", "#!/bin/sh\nexit 1\n")
    made.libraries(FOUND_ALL)
    fonts = tmp_path / ".fonts"
    fonts.mkdir()
    (fonts / "some.ttf").touch()
    return made


def installs(calls: Sequence[str]) -> list[str]:
    return [call for call in calls if call.startswith("-m pip install")]


def test_first_start_makes_the_environment_and_starts_the_app(machine: Machine) -> None:
    done = machine.run("status", "a folder/x")
    assert done.returncode == 0, done.stderr
    assert machine.calls[0] == f"-m venv -- {machine.checkout}/.venv"
    packages, checkout = installs(machine.calls)
    assert packages.endswith(f"-r {machine.checkout}/packaging/requirements.txt")
    assert "--no-deps" in checkout
    assert checkout.endswith(f"--editable {machine.checkout}")
    assert done.stdout == "app started with: -m blueprint_app status a folder/x\n", "set-up says nothing on stdout"


def test_second_start_only_starts_the_app(machine: Machine) -> None:
    machine.run("status")
    machine.forget()
    done = machine.run("graph", "x")
    assert machine.calls == ["-m blueprint_app graph x"]
    assert done.stderr == ""


@pytest.mark.parametrize("changed", ["pyproject.toml", "packaging/requirements.txt"])
def test_changed_dependencies_are_installed_into_the_same_environment(machine: Machine, changed: str) -> None:
    machine.run("status")
    machine.forget()
    with (machine.checkout / changed).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    machine.run("status")
    assert len(installs(machine.calls)) == 2
    assert not any(call.startswith("-m venv") for call in machine.calls)


def test_set_up_that_failed_half_way_goes_on_at_the_next_start(machine: Machine) -> None:
    broken = machine.run("status", PIP_FAILS="1")
    assert broken.returncode == 1
    assert "start again" in broken.stderr
    assert not any("blueprint_app" in call for call in machine.calls)
    machine.forget()
    mended = machine.run("status")
    assert mended.returncode == 0
    assert len(installs(machine.calls)) == 2


def test_environment_without_working_python_is_made_anew(machine: Machine) -> None:
    machine.run("status")
    (machine.checkout / ".venv" / "bin" / "python").unlink()
    machine.forget()
    assert machine.run("status").returncode == 0
    assert machine.calls[0].startswith("-m venv")


def test_environment_of_a_moved_checkout_is_made_anew(machine: Machine, tmp_path: Path) -> None:
    machine.run("status")
    machine.forget()
    elsewhere = Machine(tmp_path, machine.environment)
    moved = tmp_path / "moved"
    shutil.move(elsewhere.checkout, moved)
    moved.rename(tmp_path / "moved again")
    (tmp_path / "my checkout").symlink_to(tmp_path / "moved again")
    assert elsewhere.run("status").returncode == 0
    assert machine.calls[0] == f"-m venv -- {tmp_path}/moved again/.venv"


def test_without_a_display_it_names_the_commands_that_work_and_sets_nothing_up(machine: Machine) -> None:
    project = machine.folder / "some project"
    project.mkdir()
    done = machine.run(str(project))
    assert done.returncode == 2
    assert "no display" in done.stderr
    for command in ("status", "show", "graph"):
        assert f'./run {command} "{project}"' in done.stderr
    assert not (machine.checkout / ".venv").exists()


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_with_a_display_the_window_is_started(machine: Machine, variable: str) -> None:
    done = machine.run(**{variable: "x"})
    assert done.stdout == "app started with: -m blueprint_app\n", done.stderr


def test_old_python_is_named(machine: Machine) -> None:
    for name in ("python3.11", "python3.12", "python3.13", "python3.14"):
        machine.program(name, PYTHON)
    done = machine.run("status", PYTHON_IS_OLD="1")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and python3 is Python 3.9.2" in done.stderr


def test_the_one_line_to_paste_names_all_that_is_missing(machine: Machine) -> None:
    machine.libraries("\tlibX11.so.6 (libc6,x86-64) => /lib/x")
    done = machine.run(DISPLAY=":0", NO_VENV="1")
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("sudo ")]
    packages = line.partition(" install -y ")[2].split()
    assert {"python3-venv", "libegl1", "libnss3", "libglib2.0-0", "libasound2t64"} <= set(packages)
    assert "libx11-6" not in packages, "it is there"
    assert machine.calls == []


def test_commands_need_no_libraries_of_the_window(machine: Machine) -> None:
    machine.libraries("\n".join(line for line in FOUND_ALL.splitlines() if "libnss3" not in line))
    assert machine.run("status").returncode == 0
    assert machine.run(DISPLAY=":0").returncode == 1


def become_root(machine: Machine) -> str:
    machine.program("id", "#!/bin/sh\necho 0\n")
    return ""


def allow_sudo(machine: Machine) -> str:
    machine.program("sudo", '#!/bin/sh\n[ "$1" = -n ] && shift && "$@"\n')
    return ""


@pytest.mark.parametrize("allow", [become_root, allow_sudo])
def test_missing_libraries_are_installed_where_that_is_allowed(
    machine: Machine, allow: Callable[[Machine], str]
) -> None:
    allow(machine)
    machine.libraries("\n".join(line for line in FOUND_ALL.splitlines() if "libasound" not in line))
    done = machine.run(DISPLAY=":0")
    assert done.returncode == 0, done.stderr
    update, install = machine.calls[:2]
    assert update.startswith("apt-get update")
    assert install.endswith("--no-install-recommends libasound2t64")


def test_scripts_are_sound() -> None:
    shellcheck = shutil.which("shellcheck")
    if shellcheck is None:
        pytest.skip("no shellcheck")
    scripts = [
        str(REPOSITORY / name) for name in ("run", "check", ".ci/run", "packaging/setup.sh", "packaging/update-lock")
    ]
    done = subprocess.run(
        # SC2154: setup.sh is told $root by who sources it.
        [shellcheck, "--shell=sh", "--external-sources", "--exclude=SC2154", *scripts],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ},
    )
    assert done.returncode == 0, done.stdout
