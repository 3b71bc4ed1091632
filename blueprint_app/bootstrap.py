"""The only place that builds concrete objects and hands them over."""

from collections.abc import Callable
from pathlib import Path

from blueprint_app.model.blueprint import Reading
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.snapshot import Snapshot
from blueprint_app.sources.project import read_project


def open_project(
    path: Path,
    reading: Reading = Reading.LEANBLUEPRINT,
    check: Callable[[], None] = lambda: None,
    report: Callable[[float, str], None] = lambda fraction, note: None,
) -> Snapshot:
    """The snapshot of the project that a folder belongs to.

    `check` is called often and may raise to stop; `report` is told how far the work is (0 to 1)
    and what is being done. Raises BlueprintError where there is no blueprint.
    """
    report(0.0, "Reading the blueprint")
    blueprint = read_project(path, check)
    check()
    report(0.8, "Deriving states")
    return snapshot_of(blueprint, reading)
