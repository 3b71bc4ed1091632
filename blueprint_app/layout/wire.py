"""Problems and placements as bytes, for the child process and the cache: numpy's own format, never pickle."""

import io
import zipfile
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from blueprint_app.layout.placement import Group, LayoutProblem, Placement

Arrays = Mapping[str, npt.NDArray[np.generic]]


class DamagedDataError(Exception):
    """The bytes are not what `problem_bytes` or `placement_bytes` wrote."""


def problem_bytes(problem: LayoutProblem) -> bytes:
    """The problem as an archive of arrays; equal problems give equal bytes."""
    members = [member for group in problem.groups for member in group.members]
    return _archive(
        {
            "sizes": problem.sizes,
            "edges": problem.edges,
            "boxes": problem.boxes,
            "titles": np.array([group.title for group in problem.groups], np.str_),
            "parents": np.array([group.parent for group in problem.groups], np.int64),
            "counts": np.array([len(group.members) for group in problem.groups], np.int64),
            "members": np.array(members, np.int64),
        }
    )


def problem_from(data: bytes) -> LayoutProblem:
    """The problem that `problem_bytes` wrote."""
    arrays = _arrays(data)
    try:
        parts = np.split(arrays["members"], np.cumsum(arrays["counts"])[:-1]) if len(arrays["counts"]) else []
        groups = tuple(
            Group(str(title), int(parent), tuple(part.tolist()))
            for title, parent, part in zip(arrays["titles"], arrays["parents"], parts, strict=True)
        )
        return LayoutProblem(
            arrays["sizes"].astype(np.float64).reshape(-1, 2),
            arrays["edges"].astype(np.int64).reshape(-1, 2),
            arrays["boxes"].astype(np.bool_).reshape(-1),
            groups,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise DamagedDataError(str(error)) from error


def placement_bytes(placement: Placement) -> bytes:
    """The placement as an archive of arrays."""
    return _archive(
        {
            "centres": placement.centres,
            "points": placement.points,
            "offsets": placement.offsets,
            "group_boxes": placement.group_boxes,
            "bounds": np.array(placement.bounds, np.float64),
            "engine": np.array(placement.engine),
        }
    )


def placement_from(data: bytes) -> Placement:
    """The placement that `placement_bytes` wrote; raises `DamagedDataError`."""
    arrays = _arrays(data)
    try:
        left, top, right, bottom = (float(value) for value in arrays["bounds"])
        return Placement(
            arrays["centres"].astype(np.float64).reshape(-1, 2),
            arrays["points"].astype(np.float64).reshape(-1, 2),
            arrays["offsets"].astype(np.int64).reshape(-1),
            arrays["group_boxes"].astype(np.float64).reshape(-1, 4),
            (left, top, right, bottom),
            str(arrays["engine"]),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise DamagedDataError(str(error)) from error


def _archive(arrays: Arrays) -> bytes:
    """The arrays as the zip archive that `np.load` reads, dated nowhen so that it depends on them alone."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, array in arrays.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array).reshape(array.shape), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), member.getvalue())
    return target.getvalue()


def _arrays(data: bytes) -> dict[str, npt.NDArray[np.generic]]:
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, NotImplementedError) as error:
        raise DamagedDataError(str(error)) from error
