"""What all tests share: a machine of their own (folders, platform, clock), and where the material to test with lies.

Fixtures to ask for by name:

* ``samples_folder``: the repository's ``samples/``; ``sample_copy("sums")`` gives a fresh copy to change.
* ``corpus_folder``: real projects with reference readings; the test is skipped where they are absent.
* ``corpus_name``: runs the test once for each of these projects, with the name of its folder.
* ``model_server``: a model server to script (see ``tests/fakes/model_server.py``).
* ``lake``: path of a Lean build tool; the test is skipped where there is none.

Mark what takes longer than about five seconds with ``@pytest.mark.slow``; ``./check --fast`` leaves it out.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.model_server import ModelServer

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("BLUEPRINT_SHARED") or REPOSITORY.parent / "shared").resolve()

# Nothing a test does may read or write the settings, caches and recent projects of the person who runs it.
# This happens at import, as Qt and platformdirs look at the environment when they are first used.
_OWN_HOME = Path(tempfile.mkdtemp(prefix="blueprint-tests-"))
for _variable, _folder in {
    "HOME": "",
    "XDG_CACHE_HOME": "cache",
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
}.items():
    (_OWN_HOME / _folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[_variable] = str(_OWN_HOME / _folder)
os.environ.update(
    GIT_CONFIG_NOSYSTEM="1",
    GIT_CONFIG_GLOBAL=os.devnull,
    GIT_AUTHOR_NAME="Test",
    GIT_AUTHOR_EMAIL="test@example.org",
    GIT_COMMITTER_NAME="Test",
    GIT_COMMITTER_EMAIL="test@example.org",
    LC_ALL="C.UTF-8",
    TZ="UTC",
)
# leanblueprint finds its files through a program of TeX that few machines have, and that finds more where TeX is.
os.environ["PATH"] = os.pathsep.join([str(Path(__file__).parent / "fakes"), os.environ["PATH"]])
# A window on the developer's own screen would be disturbed by the developer; name a platform to watch one.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    # Chromium refuses to start as root with its sandbox; containers run tests as root, users do not.
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

import pytest  # noqa: E402
from hypothesis import settings  # noqa: E402

# The same examples on every run, so that a red check can be repeated; "search" looks for new ones.
settings.register_profile("check", max_examples=60, deadline=None, derandomize=True, database=None)
settings.register_profile("search", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "check"))


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    config.addinivalue_line("markers", "slow: takes longer than about five seconds; left out by ./check --fast")


def pytest_unconfigure() -> None:
    """Remove the folders that stood in for the user's own."""
    shutil.rmtree(_OWN_HOME, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test per corpus project for those that ask for `corpus_name`; one skipped test where there are none."""
    if "corpus_name" in metafunc.fixturenames:
        names = sorted(path.parent.name for path in SHARED.glob("corpus/*/reference.json"))
        none = pytest.param("none", marks=pytest.mark.skip(f"no corpus of real projects in {SHARED / 'corpus'}"))
        metafunc.parametrize("corpus_name", names or [none])


@pytest.fixture(scope="session")
def samples_folder() -> Path:
    """The folder of the blueprints written for this project."""
    return REPOSITORY / "samples"


@pytest.fixture
def sample_copy(samples_folder: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A function from a sample's name to a fresh copy of it that the test may change."""

    def copy(name: str) -> Path:
        return shutil.copytree(samples_folder / name, tmp_path / name, ignore=shutil.ignore_patterns(".lake"))

    return copy


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """The folder of real projects with their reference readings."""
    folder = SHARED / "corpus"
    if not any(folder.glob("*/reference.json")):
        pytest.skip(f"no corpus of real projects in {folder}")
    return folder


@pytest.fixture(scope="session")
def lake() -> str:
    """The path of ``lake``; the folder that holds it holds ``lean`` too."""
    found = shutil.which("lake")
    if found is None:
        pytest.skip("no Lean: `lake` is not on PATH")
    return found


@pytest.fixture
def model_server() -> "Iterator[ModelServer]":
    """A model server that answers what the test scripts; ``model_server.endpoint()`` is an endpoint for it."""
    from tests.fakes.model_server import ModelServer

    with ModelServer() as server:
        yield server


@pytest.fixture(scope="session")
def corpus_or_none() -> Path | None:
    """The folder of real projects, or None: for tests that use it only if it is there."""
    folder = SHARED / "corpus"
    return folder if any(folder.glob("*/reference.json")) else None
