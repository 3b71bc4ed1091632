"""Says which modules the last build still speaks for: source, imports and Lean itself are as they were."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_RELEASE = re.compile(r"(?:^|:)v?(?P<number>\d+\.\d+\.\d+)(?P<candidate>-rc\d+)?\s*$")
_BUILT_WITH = re.compile(r"(?P<number>\d+\.\d+\.\d+)(?P<candidate>-rc\d+)?")


class BuildState(StrEnum):
    """How a module's build record relates to its sources as they are now."""

    FRESH = "fresh"
    STALE = "stale"
    UNBUILT = "not built"


@dataclass(frozen=True, slots=True)
class Freshness:
    """A module's state, and in words why it is not fresh."""

    state: BuildState
    reason: str = ""


FRESH = Freshness(BuildState.FRESH)


def with_imports(own: Mapping[str, Freshness], imports: Mapping[str, tuple[str, ...]]) -> dict[str, Freshness]:
    """The states with those of imports taken into account: what imports a stale module is stale.

    `own` holds each module's state by itself; only imports among these modules count. Modules that
    import each other in a circle cannot be built and are stale.
    """
    states: dict[str, Freshness] = {}
    for start in own:
        stack = [start]
        open_modules: set[str] = set()
        while stack:
            module = stack[-1]
            if module in states:
                stack.pop()
                continue
            below = [name for name in imports.get(module, ()) if name in own]
            waiting = [name for name in below if name not in states]
            if any(name in open_modules or name == module for name in waiting):
                states[module] = Freshness(BuildState.STALE, f"{module} imports itself in a circle.")
            elif waiting:
                open_modules.add(module)
                stack += waiting
            else:
                states[module] = _joined(module, own[module], {name: states[name] for name in below})
            if module in states:
                open_modules.discard(module)
    return states


def _joined(module: str, own: Freshness, below: Mapping[str, Freshness]) -> Freshness:
    if own.state is not BuildState.FRESH:
        return own
    for name, freshness in below.items():
        if freshness.state is not BuildState.FRESH:
            is_source = freshness.reason.startswith(f"{name} ")
            reason = freshness.reason if not is_source else f"{module} imports {name}. {freshness.reason}"
            return Freshness(BuildState.STALE, reason if reason else f"{module} imports {name}, which is not built.")
    return own


def same_lean(toolchain: str, built_with: str) -> bool:
    """Whether a build by the Lean `built_with` may stand for `toolchain`, the content of ``lean-toolchain``.

    Only releases tell their version by name; nightly builds and local toolchains are given the benefit of the doubt.
    """
    asked, built = _RELEASE.search(toolchain), _BUILT_WITH.match(built_with)
    if asked is None or built is None:
        return True
    # A release candidate may call itself by the release's number; two different candidates never share a name.
    if asked["candidate"] and built["candidate"] and asked["candidate"] != built["candidate"]:
        return False
    return asked["number"] == built["number"]
