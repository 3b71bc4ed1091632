"""Real files, the system's own watches: what a person changes is shown, once and whole."""

from collections.abc import Callable
from pathlib import Path

from blueprint_app.live.changes import Aspect
from blueprint_app.live.scope import Kind
from tests.live.followed import Follow

SampleCopy = Callable[[str], Path]


def test_a_saved_file_gives_one_new_snapshot(sample_copy: SampleCopy, follow: Follow) -> None:
    folder = sample_copy("primes")
    followed = follow(folder)
    path = folder / "blueprint" / "src" / "chapters" / "sums.tex"
    text = path.read_text()
    assert "\\leanok" in text
    path.write_text(text.replace("\\leanok", "", 1))
    followed.wait_until_fresh()
    [update] = followed.record.updates
    assert update.paths == {"blueprint/src/chapters/sums.tex"}
    assert update.kinds == {Kind.BLUEPRINT}
    assert any(change.aspect is Aspect.HEADLINE for change in update.changes)
