"""Reports of projects, and a browser to open them in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from blueprint_app.bootstrap.lean_side import lean_side
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.bootstrap.packing import report_on
from blueprint_app.model.derive import with_evidence
from blueprint_app.model.snapshot import Snapshot
from tests.fakes.chromium import Chromium, chromium_path


def with_lean(folder: Path) -> Snapshot:
    snapshot = open_project(folder)
    return with_evidence(snapshot, lean_side(folder).evidence(snapshot.blueprint), snapshot.provenance)


@pytest.fixture(scope="session")
def primes_report(samples_folder: Path) -> str:
    return report_on(with_lean(samples_folder / "primes"))


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    with Chromium(chromium_path()) as browser:
        yield browser


@pytest.fixture
def opened(browser: Chromium, tmp_path: Path) -> Callable[[str, str], Chromium]:
    """A function that opens a report's text in the browser, at a part of it."""

    def open_report(html: str, part: str = "") -> Chromium:
        path = tmp_path / "report.html"
        path.write_text(html, encoding="utf-8")
        browser.requests.clear()
        browser.said.clear()
        browser.size(1280, 900)
        browser.open("about:blank")
        browser.open(path.as_uri() + part)
        return browser

    return open_report
