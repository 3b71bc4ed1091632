"""Drafts that cheat: none is called verified, leaves a process, or touches anything outside its scratch folder."""

import hashlib
import os
import socket
import tempfile
from pathlib import Path

import pytest

from blueprint_app.lean.project import read_project
from blueprint_app.model.evidence import ALLOWED_AXIOMS
from blueprint_app.verify.draft import Draft
from blueprint_app.verify.goal import goal_of
from blueprint_app.verify.judge import JudgeWork, judge_draft
from blueprint_app.verify.limits import JudgeLimits
from blueprint_app.verify.verdict import CheckLevel, Failure, Verdict
from tests.verify.attacks import ATTACKS, FALSE, HONEST, TRUE, Attack
from tests.verify.processes import processes_in, watched_namespaces

pytestmark = pytest.mark.slow

SECRET = "nobody may read this"


def content(folder: Path) -> dict[str, tuple[int, str]]:
    """Everything in a folder, byte for byte, and when it was changed."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def judge(folder: Path, cache: Path, attack: Attack, draft: Draft) -> Verdict:
    project = read_project(folder)
    assert project is not None
    work = JudgeWork(
        str(folder),
        goal_of(project, attack.goal),
        draft,
        JudgeLimits(seconds=attack.seconds, memory=3 * 2**30),
        ALLOWED_AXIOMS | attack.allowed,
        cache_folder=str(cache),
    )
    return judge_draft(work)


@pytest.fixture(scope="module", autouse=True)
def _warm(built_arena, programs_cache):
    """The judge itself and what is compiled once for a statement must not fall under the limits of an attack."""
    for goal in (TRUE, FALSE):
        judge(built_arena, programs_cache, Attack(Draft("by sorry"), frozenset(), goal, 600.0), Draft("by sorry"))


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack(name, built_arena, programs_cache, tmp_path, monkeypatch):
    attack = ATTACKS[name]
    secret = Path.home() / ".ssh" / "id_rsa"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text(SECRET, encoding="utf-8")
    monkeypatch.setenv("API_KEY", SECRET)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    home, project = content(Path.home()), content(built_arena)
    with socket.create_server(("127.0.0.1", 0)) as server, watched_namespaces() as namespaces:
        server.settimeout(0.1)
        values = {"OUTSIDE": tmp_path / "outside", "SECRET": secret, "PROJECT": built_arena}
        values["PORT"] = server.getsockname()[1]
        verdict = judge(built_arena, programs_cache, attack, filled(attack.draft, values))
        left = processes_in(namespaces)
        with pytest.raises(TimeoutError):
            server.accept()
    assert not verdict.is_verified
    assert verdict.level is not CheckLevel.MATCHED
    assert verdict.failure in attack.failures, verdict
    assert left == []
    assert (content(Path.home()), content(built_arena)) == (home, project)
    assert list(tmp_path.iterdir()) == []
    assert SECRET not in repr(verdict)


def filled(draft: Draft, values: dict[str, object]) -> Draft:
    proof, helpers = draft.proof, draft.helpers
    for word, value in values.items():
        proof, helpers = proof.replace(word, str(value)), helpers.replace(word, str(value))
    return Draft(proof, helpers)


@pytest.mark.parametrize("goal", ["Arena.truth", "Arena.truthWithLean"])
def test_an_honest_draft_is_verified(goal, built_arena, programs_cache):
    attack = Attack(HONEST, frozenset(), goal)
    verdict = judge(built_arena, programs_cache, attack, HONEST)
    assert verdict.is_verified, verdict
    assert (verdict.level, verdict.failure) == (CheckLevel.MATCHED, Failure.NONE)
    assert verdict.sandbox.startswith("bubblewrap")
    assert verdict.lean_version
    assert os.listdir(built_arena)
