"""Snapshot files (`.bpsnap`): a project with all that is known of it, to be opened anywhere."""

from blueprint_app.export.snapshot_file.layouts import Layouts
from blueprint_app.export.snapshot_file.past import PackedPast
from blueprint_app.export.snapshot_file.snapshot_file import (
    SCHEMA,
    PackedProject,
    read_past,
    read_snapshot,
    write_snapshot,
)

__all__ = ["SCHEMA", "Layouts", "PackedPast", "PackedProject", "read_past", "read_snapshot", "write_snapshot"]
