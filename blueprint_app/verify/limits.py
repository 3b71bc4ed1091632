"""What judging a draft may take; each limit ends all of it."""

from dataclasses import dataclass

MEBIBYTE = 2**20
GIBIBYTE = 2**30


@dataclass(frozen=True, slots=True)
class JudgeLimits:
    """Bounds for each of the runs of Lean that judging takes (three, and one more for a statement seen first).

    `memory` is what all of a run's processes may hold together, files that are only mapped left out. `scratch` is the
    size of the one folder that can be written to, which is memory too; `file` that of one file. All four in bytes.
    """

    seconds: float = 300.0
    memory: int = 8 * GIBIBYTE
    processes: int = 64
    threads: int = 1024
    scratch: int = GIBIBYTE
    file: int = 512 * MEBIBYTE
    output: int = 4 * MEBIBYTE
