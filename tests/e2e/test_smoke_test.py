"""`packaging/smoke-test`, which looks at built packages: it passes the app as it is, and nothing that shows less."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
SMOKE_TEST = REPOSITORY / "packaging" / "smoke-test"

# Plays an app that says what is expected of it; what the picture holds is given by the test.
ACTOR = """\
#!{python}
import json, os, pathlib, sys
if "--version" in sys.argv:
    print("blueprint-explorer 0")
picture = os.environ.get("BLUEPRINT_EXPLORER_PICTURE")
if picture:
    colour = bytes.fromhex({colour!r})
    pathlib.Path(picture).write_bytes(b"P6\\n400 300\\n255\\n" + colour * (400 * 300))
    told = json.loads({told!r})
    pathlib.Path(picture).with_suffix(".json").write_text(json.dumps(told))
"""
TOLD = {
    "painted": 0.0, "rendered": 0.0, "node": "a", "formulas": 2, "rejected": 0, "project": ".",
    "graph": [0, 0, 200, 300], "formula": [210, 10, 50, 15], "fonts": 5,
}  # fmt: skip


def smoke(binary: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SMOKE_TEST), str(binary), *options], capture_output=True, text=True, timeout=400
    )


def program(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="starts the app through a shell script")
def test_it_passes_the_app_as_it_is(tmp_path):
    binary = program(
        tmp_path / "app", f'#!/bin/sh\nPYTHONPATH={REPOSITORY} exec {sys.executable} -m blueprint_app "$@"\n'
    )
    ended = smoke(binary, "--keep", str(tmp_path / "kept"))
    assert ended.returncode == 0, ended.stderr
    assert "all is well" in ended.stdout
    assert "first start: graph after" in ended.stdout
    assert (tmp_path / "kept" / "picture.ppm").read_bytes().startswith(b"P6\n1440 900\n")
    assert json.loads((tmp_path / "kept" / "picture.json").read_text())["formulas"] > 0


@pytest.mark.skipif(os.name != "posix", reason="starts a stand-in through its first line")
@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"error": "There is no blueprint here."}, "There is no blueprint here."),
        (TOLD, "nodes of these states only: []"),
        (TOLD | {"graph": None}, "NOT WELL"),
    ],
)
def test_it_fails_an_app_that_shows_nothing(tmp_path, told, words):
    text = ACTOR.format(python=sys.executable, colour="FFFFFF", told=json.dumps(told))
    ended = smoke(program(tmp_path / "app", text))
    assert ended.returncode == 1
    assert words in ended.stderr


@pytest.mark.skipif(os.name != "posix", reason="starts a stand-in through its first line")
@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 3\n", "#!/bin/sh\necho Traceback >&2\n"])
def test_it_fails_an_app_that_does_not_start(tmp_path, text):
    assert smoke(program(tmp_path / "app", text)).returncode == 1


def looked_at(width: int, height: int, paint: dict[tuple[int, int], bytes]):
    """The module of the smoke test, and a white picture with some other pixels."""
    from importlib.machinery import SourceFileLoader
    from importlib.util import module_from_spec, spec_from_loader

    spec = spec_from_loader("smoke_test", SourceFileLoader("smoke_test", str(SMOKE_TEST)))
    assert spec is not None
    module = module_from_spec(spec)
    assert spec.loader is not None
    spec.loader.exec_module(module)
    pixels = bytearray(b"\xff" * (3 * width * height))
    for (x, y), colour in paint.items():
        at = 3 * (y * width + x)
        pixels[at : at + 3] = colour
    return module, module.Picture(b"P6\n%d %d\n255\n" % (width, height) + bytes(pixels))


@pytest.mark.parametrize(
    ("told", "holds"),
    [
        ({}, True),
        ({"formulas": 0}, False),
        ({"rejected": 1}, False),
        ({"fonts": 0}, False),
        ({"formula": [0, 0, 5, 5]}, False),
    ],
)
def test_a_formula_needs_ink_where_it_is_said_to_be(told, holds):
    module, picture = looked_at(60, 30, {(x, 15): b"\x00\x00\x00" for x in range(20, 40)})
    all_told = TOLD | {"formula": [20, 10, 20, 10]} | told
    if holds:
        module.look_at_formula(picture, all_told)
    else:
        with pytest.raises(module.WrongError):
            module.look_at_formula(picture, all_told)
