"""From a sorry of the sample to a proof that Lean verified: a real server, the real client, the real Lean."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from blueprint_app.assistant.assistant import Assistant
from blueprint_app.assistant.drafting.events import Ending, Judged
from blueprint_app.assistant.endpoints.client import ModelClient
from blueprint_app.assistant.endpoints.endpoint import ModelSettings, Role, RoleModel
from blueprint_app.assistant.endpoints.settings_file import write_model_settings
from blueprint_app.assistant.records.record import Judgement, Outcome
from blueprint_app.assistant.tasks import Task
from blueprint_app.bootstrap.attempts import provenance_at
from blueprint_app.bootstrap.lean_side import LeanSide
from blueprint_app.bootstrap.opening import open_project
from blueprint_app.live.change_set import write_set
from blueprint_app.model.blueprint import NodeId
from blueprint_app.model.derive import snapshot_of
from blueprint_app.model.headline import Headline
from blueprint_app.verify.sandbox import NoSandbox, find_sandbox
from blueprint_app.verify.verdict import CheckLevel
from tests.conftest import REPOSITORY
from tests.fakes.model_server import says
from tests.lean.conftest import built_primes, lake_build, primes_copy  # noqa: F401 - fixtures

NODE = NodeId("thm:factorisation-unique")

HELPERS = """\
theorem prod_erase {q : Nat} {qs : List Nat} (h : q ∈ qs) :
    qs.foldr (· * ·) 1 = q * (qs.erase q).foldr (· * ·) 1 := by
  induction qs with
  | nil => simp at h
  | cons a qs ih =>
    by_cases e : a = q
    · subst e; simp
    · have h' : q ∈ qs := by
        rcases List.mem_cons.mp h with same | h
        · exact absurd same.symm e
        · exact h
      rw [List.erase_cons_tail (by simpa using e)]
      simp only [List.foldr_cons]
      rw [ih h', Nat.mul_left_comm]

theorem exists_mem_dvd {p : Nat} (prime : Prime p) {qs : List Nat}
    (h : p ∣ qs.foldr (· * ·) 1) : ∃ q ∈ qs, p ∣ q := by
  induction qs with
  | nil =>
    have := Nat.dvd_one.mp h
    have := prime.1
    omega
  | cons a qs ih =>
    rcases prime.dvd_mul h with ha | ht
    · exact ⟨a, by simp, ha⟩
    · obtain ⟨q, hq, hd⟩ := ih ht
      exact ⟨q, by simp [hq], hd⟩"""

PROOF = """\
by
  induction ps generalizing n qs with
  | nil =>
    cases qs with
    | nil => exact List.Perm.nil
    | cons q qs =>
      have two := (hq.prime q (by simp)).1
      have whole : q * qs.foldr (· * ·) 1 = n := by simpa using hq.product
      have one : 1 = n := by simpa using hp.product
      have := Nat.dvd_one.mp ⟨_, one.trans whole.symm⟩
      omega
  | cons p ps ih =>
    have prime := hp.prime p (by simp)
    have two := prime.1
    have whole : p * ps.foldr (· * ·) 1 = n := by simpa using hp.product
    obtain ⟨q, mem, dvd⟩ := exists_mem_dvd prime (qs := qs) (by
      rw [hq.product, ← whole]
      exact Nat.dvd_mul_right _ _)
    have same : p = q := by
      rcases (hq.prime q mem).2 p dvd with one | same
      · omega
      · exact same
    subst same
    have rest : ps.foldr (· * ·) 1 = (qs.erase p).foldr (· * ·) 1 := by
      apply Nat.eq_of_mul_eq_mul_left (show 0 < p by omega)
      rw [whole, ← prod_erase mem, hq.product]
    have smaller : ps.Perm (qs.erase p) :=
      ih ⟨fun r hr => hp.prime r (by simp [hr]), rfl⟩
        ⟨fun r hr => hq.prime r (List.mem_of_mem_erase hr), rest.symm⟩
    exact (List.Perm.cons p smaller).trans (List.perm_cons_erase mem).symm"""

WRONG = "```lean\nby\n  exact List.perm_of_same_product hp hq\n```"
RIGHT = f"The lemma does not exist; I prove it.\n\n```lean helpers\n{HELPERS}\n```\n\n```lean\n{PROOF}\n```"

pytestmark = pytest.mark.slow


@pytest.fixture
def judged(lake: str) -> None:
    found = find_sandbox()
    if isinstance(found, NoSandbox):
        pytest.skip(f"no sandbox: {found.reason}")


def sources(folder: Path) -> dict[Path, bytes]:
    """All that people wrote: Lean and TeX, the records of attempts left out."""
    found = [path for ending in ("*.lean", "*.tex") for path in folder.rglob(ending)]
    return {path: path.read_bytes() for path in found if "attempts" not in path.parts}


def set_up(model_server, path: Path) -> None:
    endpoint = model_server.endpoint()
    roles = dict.fromkeys(Role, RoleModel(endpoint.name, "alpha"))
    write_model_settings(ModelSettings((endpoint,), roles, frozenset({endpoint.host})), path)


def test_a_sorry_of_the_sample_is_closed_in_round_2_and_accepted(judged, primes_copy, model_server, tmp_path, lake):  # noqa: F811
    set_up(model_server, tmp_path / "models.yaml")
    model_server.then(says(WRONG), says(RIGHT))
    side = LeanSide(primes_copy)
    blueprint = open_project(primes_copy).blueprint
    snapshot = snapshot_of(blueprint, evidence=side.evidence(blueprint))
    assert snapshot.headlines[NODE] is Headline.STATED
    before = sources(primes_copy)
    events = []
    with ModelClient() as client:
        assistant = Assistant(primes_copy, client, settings_path=tmp_path / "models.yaml")
        assert assistant.obstacle(snapshot, NODE, Task.PROVE) == ""
        question = assistant.question(assistant.context(snapshot, NODE, Task.PROVE))
        result = assistant.draft(question, snapshot, on_event=events.append)
    assert result.ending is Ending.VERIFIED, result.words
    assert model_server.count() == 2
    # Lean's own words went back to the model.
    assert "perm_of_same_product" in model_server.questions[1].text
    first, second = (event for event in events if isinstance(event, Judged))
    assert (first.verdict.level, first.blocker.kind) == (CheckLevel.NONE, "unknown name")
    assert second.verdict.level is CheckLevel.MATCHED
    assert set(second.verdict.axioms) <= {"propext", "Classical.choice", "Quot.sound"}
    # Nothing of the project has changed, and it says that there is a draft.
    assert before == sources(primes_copy)
    drafted = snapshot_of(
        snapshot.blueprint, evidence=side.evidence(snapshot.blueprint), provenance=provenance_at(primes_copy)
    )
    assert drafted.headlines[NODE] is Headline.AI_DRAFTED

    record = result.records[-1]
    assert [each.outcome for each in result.records] == [Outcome.FAILED, Outcome.VERIFIED]
    changes = assistant.changes(snapshot, record)
    assert any("exists_mem_dvd" in line for line in changes.diff())
    write_set(changes)
    assistant.mark(record, Judgement.ACCEPTED, "Ada")
    assert "error" not in lake_build(lake, primes_copy)
    blueprint = open_project(primes_copy).blueprint
    provenance = provenance_at(primes_copy)
    after = snapshot_of(blueprint, evidence=LeanSide(primes_copy).ask(blueprint), provenance=provenance)
    assert after.headlines[NODE] in (Headline.LEAN_VERIFIED, Headline.FULLY_VERIFIED)
    assert after.node_provenance[NODE].proof.model == "alpha"


def test_draft_without_a_window(judged, primes_copy, model_server, tmp_path):  # noqa: F811
    config = tmp_path / "config"
    set_up(model_server, config / "blueprint-explorer" / "models.yaml")

    def answer(call):
        planted = "step_" in call.text
        return says(WRONG if planted or "does not accept" not in call.text else RIGHT)

    model_server.script(answer)
    command = [sys.executable, "-m", "blueprint_app", "draft", str(primes_copy), NODE, "--rounds", "2", "--json"]
    environment = {**os.environ, "XDG_CONFIG_HOME": str(config), "XDG_STATE_HOME": str(tmp_path / "state")}
    ran = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=600)
    assert ran.returncode == 0, ran.stderr
    outcome = json.loads(ran.stdout)
    by_node = {each["node"]: each for each in outcome["done"]}
    assert by_node[NODE]["ending"] == "verified"
    assert by_node[NODE]["rounds"] == 2
    canary = by_node["canary:0"]
    assert canary["canary"]
    assert canary["ending"] != "verified"
    assert outcome["models"][0]["verified"] == 1
    assert not list((tmp_path / "state").rglob("run.jsonl"))
