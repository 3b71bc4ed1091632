"""Pictures of the assistant at work: a scripted model server answers, and the real Lean judges if it is on PATH.

Run: python tools/assistant_pictures.py -o FOLDER [--theme dark] [--size 1440x900] [--ratio 2]
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from blueprint_app.ui.window.main_window import MainWindow
    from tests.fakes.model_server import ModelServer

ROOT = Path(__file__).resolve().parent.parent
POLL_MS, LONGEST_MS = 40, 400_000
Step = Callable[[], bool]

EXPLAINED = r"""
**In a word.** However far you count, a prime lies beyond. [[thm:euclid]] does not name it; it only shows that the
primes up to $n$ cannot be all of them.

## How the proof goes

1. Look at the number $N = n! + 1$. As $N \ge 2$, it has a prime divisor $p$ by [[lem:prime-divisor]].
2. Suppose $p \le n$. Then $p$ is one of the factors of $n!$, so $p \mid n!$ by [[lem:dvd-factorial]].
3. But $p$ divides both $N$ and $n!$, hence their difference:
   \[ p \mid (n! + 1) - n! = 1, \]
   and no prime divides $1$. So $p > n$.

## What to watch for

The proof gives a bound along the way: there is a prime $p$ with
\[ n < p \le n! + 1 = 1 + \prod_{k=1}^{n} k, \]
which is far from sharp; compare [[thm:bertrand]]. In Lean the node is `Primes.exists_prime_gt`.
"""

FAILED = """I use the lemma on prime divisors for `factorial n + 1`.

```lean
by
  obtain ⟨p, prime, dvd⟩ := exists_prime_dvd (factorial n + 1) (by omega)
  refine ⟨p, ?_, prime⟩
  have one : p ∣ 1 := (Nat.dvd_add_right (dvd_factorial prime.pos le)).mp dvd
  omega
```
"""

PROVED = """The factorial is positive by `factorial_pos`; a prime is at least 2 by its first half.

```lean
by
  obtain ⟨p, prime, dvd⟩ := exists_prime_dvd (factorial n + 1) (by have := factorial_pos n; omega)
  refine ⟨p, Nat.lt_of_not_le fun le => ?_, prime⟩
  have one : p ∣ 1 := (Nat.dvd_add_right (dvd_factorial (by have := prime.1; omega) le)).mp dvd
  have := Nat.le_of_dvd Nat.one_pos one
  have := prime.1
  omega
```
"""

STATED = """The product over the prime factors, with multiplicity:

```lean
/-- Every number from 1 on is a product of primes, in one way up to order. -/
theorem exists_unique_factorisation (n : Nat) (h : 1 ≤ n) :
    ∃ ps, Factorisation n ps ∧ ∀ qs, Factorisation n qs → ps.Perm qs
```
"""

SPLIT = r"""The proof counts twice; each count becomes a lemma, and one small step joins them.

```yaml
lemmas:
  - label: lem:factor-head
    kind: lemma
    title: The first prime occurs on the other side
    statement: |
      If $p$ is prime and divides a product of primes, it is one of them.
    uses: [def:prime]
    proof_uses: [lem:euclid-lemma]
  - label: lem:factor-cancel
    kind: lemma
    title: Cancelling a prime
    statement: |
      Two lists of primes with the same product still have the same product once a common member is left out of both.
    uses: [def:factorisation]
  - label: lem:factor-length
    kind: lemma
    title: Induction on the length
    statement: |
      Lists of primes with the same product have the same length.
    uses: [def:factorisation]
    proof_uses: [lem:factor-head, lem:factor-cancel]
proof_uses: [lem:factor-head, lem:factor-length]
```
"""


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True, help="a folder for the pictures")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", default="1440x900", help="width x height in logical pixels")
    parser.add_argument("--ratio", type=float, default=1.0, help="device pixels a logical pixel")
    parser.add_argument("--project", type=Path, help="an already built copy of the sample that may be changed")
    return parser.parse_args()


def prepared_sample(folder: Path) -> Path:
    """A built copy of the sample of primes in which the proof of Euclid's theorem is still open."""
    sample = folder / "primes"
    shutil.copytree(ROOT / "samples" / "primes", sample, ignore=shutil.ignore_patterns(".lake"))
    if shutil.which("lake"):
        subprocess.run(["lake", "build"], cwd=sample, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    lean, tex = sample / "Primes" / "Prime.lean", sample / "blueprint" / "src" / "chapters" / "primes.tex"
    text = lean.read_text("utf-8")
    start = text.index(" := by", text.index("theorem exists_prime_gt")) + len(" := by")
    end = text.index("\n\n", start)
    lean.write_text(f"{text[:start]}\n  sorry{text[end:]}", "utf-8")
    written = tex.read_text("utf-8")
    at = written.index("\\begin{proof}\n  \\leanok", written.index("\\label{thm:euclid}"))
    tex.write_text(written[:at] + written[at:].replace("  \\leanok\n", "", 1), "utf-8")
    return sample


class Photographer:
    """Goes through the steps one by one: each says whether it is done, and is asked again until it is."""

    def __init__(self, window: "MainWindow", server: "ModelServer", folder: Path, options: argparse.Namespace) -> None:
        from PySide6.QtCore import QTimer

        self._window, self._server, self._folder, self._options = window, server, folder, options
        self._steps = self._story()
        self._step: Step | None = None
        self._timer = QTimer(interval=POLL_MS)
        self._timer.timeout.connect(self._poll)
        self.failures: list[str] = []

    def begin(self) -> None:
        """Go on whenever the window has time."""
        from blueprint_app.ui import error_hook

        error_hook.listen(lambda message, _report: self.failures.append(message))
        self._timer.start()

    def _poll(self) -> None:
        if self._step is None or self._step():
            self._step = next(self._steps, None)
            if self._step is None:
                self._timer.stop()
                self._window.close()

    def _rest(self, milliseconds: int = 900) -> Step:
        from PySide6.QtCore import QElapsedTimer

        clock = QElapsedTimer()
        clock.start()
        return lambda: clock.elapsed() >= milliseconds

    def _take(self, name: str, widget: "QWidget | None" = None) -> None:
        (widget or self._window).grab().save(str(self._options.output / f"{name}-{self._options.theme}.png"))

    def _story(self) -> Iterator[Step]:
        yield from self._models()
        yield from self._opening()
        yield from self._explaining()
        yield from self._drafting()
        yield from self._stating()
        yield from self._splitting()

    def _models(self) -> Iterator[Step]:
        from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings, Price, Role, RoleModel
        from blueprint_app.assistant.endpoints.settings_file import write_model_settings
        from blueprint_app.ui.assistant.models.dialog import ModelsDialog

        def dialog() -> ModelsDialog:
            found = self._window.findChildren(ModelsDialog)
            return found[-1]

        self._window.deeds.setting_up.show_models()
        yield self._rest()
        self._take("models-empty", dialog())
        dialog().reject()
        yield lambda: not self._window.findChildren(ModelsDialog)
        local = self._server.endpoint("Workstation", read_seconds=120.0)
        far = Endpoint("OpenAI", "https://api.openai.com/v1", "env:OPENAI_API_KEY", prices={"gpt-5": Price(1.25, 10)})
        roles = {role: RoleModel("Workstation", "alpha", 0.3) for role in Role}
        write_model_settings(ModelSettings((local, far), roles))
        self._window.deeds.setting_up.show_models()
        yield self._rest()
        dialog().form.test.click()
        yield lambda: "alpha" in dialog().form.result.text()
        self._take("models-filled", dialog())
        dialog().reject()

    def _opening(self) -> Iterator[Step]:
        window = self._window
        window.session.open(self._folder)
        yield (
            lambda: (
                window.session.project is not None
                and window.lean.side is not None
                and not window.jobs.is_running("evidence")
            )
        )
        yield self._rest(3000)

    def _explaining(self) -> Iterator[Step]:
        from blueprint_app.ui.assistant.sent_dialog import SentDialog
        from tests.fakes.model_server import Answer

        window = self._window
        window.presenter.look_at("thm:euclid")
        yield self._rest()
        self._take("page")
        window.commands["assistant.explain"].trigger()
        yield lambda: window.assistant.assistance is not None
        panel = self._panel
        yield panel.composer.send.isEnabled
        panel.composer.note.setPlainText("I know modular arithmetic, but no Lean.")
        yield self._rest()
        self._take("compose")
        thinking = "Euclid's proof: take n! + 1 and a prime divisor. Say where each lemma enters."
        self._server.then(Answer(EXPLAINED, thinking, pieces=20, between=0.3))
        panel.composer.send.click()
        yield lambda: bool(window.findChildren(SentDialog))
        yield self._rest(300)
        dialog = window.findChildren(SentDialog)[-1]
        self._take("consent", dialog)
        dialog.send.click()
        yield lambda: panel.stop.isVisible() and "characters" in panel.status.text()
        yield self._rest(2500)
        self._take("explain-streaming")
        yield lambda: "Copy answer" in panel.buttons
        yield self._rest(1500)
        self._take("explain-finished")

    def _drafting(self) -> Iterator[Step]:
        from blueprint_app.ui.drift.change_dialog import ChangeDialog
        from tests.fakes.model_server import Answer, says

        window, panel = self._window, self._panel
        window.commands["assistant.prove"].trigger()
        yield panel.composer.send.isEnabled
        yield self._rest()
        self._take("draft-compose")
        self._server.then(says(FAILED), Answer(PROVED, pieces=16, between=0.4))
        panel.composer.send.click()
        yield lambda: "round 2" in panel.status.text() or "Copy draft" in panel.buttons
        yield self._rest(2500)
        self._take("draft-round-2")
        yield lambda: not window.assistant.is_busy()
        yield self._rest(1500)
        self._take("draft-finished")
        if "Accept…" in panel.buttons:
            panel.buttons["Accept…"].click()
            yield lambda: bool(window.findChildren(ChangeDialog))
            yield self._rest(300)
            dialog = window.findChildren(ChangeDialog)[-1]
            self._take("accept", dialog)
            dialog.reject()

    def _stating(self) -> Iterator[Step]:
        from tests.fakes.model_server import says

        window, panel = self._window, self._panel
        window.presenter.look_at("thm:arithmetic")
        window.commands["assistant.state"].trigger()
        yield lambda: panel.composer.send.isEnabled() or panel.pages.currentIndex() == 0
        self._server.then(says(STATED))
        panel.composer.send.click()
        yield lambda: "Faithful" in panel.buttons or "Try again" in panel.buttons
        yield self._rest(1500)
        self._take("statement")

    def _splitting(self) -> Iterator[Step]:
        from tests.fakes.model_server import says

        window, panel = self._window, self._panel
        window.presenter.look_at("thm:factorisation-unique")
        window.commands["assistant.split"].trigger()
        yield panel.composer.send.isEnabled
        self._server.then(says(SPLIT))
        panel.composer.send.click()
        yield lambda: "Show change…" in panel.buttons
        yield self._rest(1500)
        self._take("ghosts")

    @property
    def _panel(self):  # noqa: ANN202 - imported only once the window stands
        assert self._window.assistant.assistance is not None
        return self._window.assistant.assistance.panel


def main() -> int:
    """Take all pictures; returns the exit status."""
    options = arguments()
    options.output.mkdir(parents=True, exist_ok=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(options.ratio)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for variable in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            os.environ[variable] = str(folder / variable.lower())
        return photographed(folder, options)


def photographed(folder: Path, options: argparse.Namespace) -> int:
    """Take them with settings of their own; returns the exit status."""
    from PySide6.QtCore import QTimer

    from blueprint_app.ui import app
    from blueprint_app.ui.settings.settings import Settings
    from tests.fakes.model_server import ModelServer

    sample = options.project or prepared_sample(folder)
    application = app.make_application()
    with ModelServer() as server:
        settings = Settings(folder / "settings.json")
        settings["theme"], settings["scheme"] = options.theme, "headline"
        settings["widths"] = "280 520"
        window = app.make_window(settings)
        window.resize(*map(int, options.size.split("x")))
        window.show()
        photographer = Photographer(window, server, sample, options)
        photographer.begin()
        QTimer.singleShot(LONGEST_MS, application.quit)
        application.exec()
    for failure in photographer.failures:
        print(failure, file=sys.stderr)
    return 1 if photographer.failures else 0


if __name__ == "__main__":
    sys.exit(main())
