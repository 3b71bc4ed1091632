"""Root is not bound by a user's limits: what it starts is, where the system can count it."""

import os
import subprocess
import sys

import pytest

from blueprint_app.verify.process_limit import at_most

COUNTED = """
import os, time
children = []
try:
    while len(children) < 60:
        child = os.fork()
        if not child:
            time.sleep(60)
        children.append(child)
except OSError:
    pass
print(len(children))
for child in children:
    os.kill(child, 9)
    os.wait()
"""


def test_what_root_starts_is_counted_by_the_system():
    if os.geteuid() != 0:
        pytest.skip("only root needs it")
    with at_most(20) as words:
        if not words:
            pytest.skip("no control group can be made here")
        done = subprocess.run([*words, sys.executable, "-c", COUNTED], capture_output=True, text=True, check=True)
    assert int(done.stdout) == 19


def test_the_group_goes_with_the_context():
    with at_most(20) as words:
        group = os.path.dirname(words[-1]) if words else ""
        assert not words or os.path.isdir(group)
    assert not os.path.exists(group)


def test_others_need_none(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with at_most(20) as words:
        assert words == ()
