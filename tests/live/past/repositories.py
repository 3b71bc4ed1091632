"""Git repositories made for a test: real git, fixed dates, a small blueprint to change."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2025, 3, 3, 12, tzinfo=UTC)
PREAMBLE = """\\documentclass{report}
\\usepackage{amsmath,amsthm}
\\newtheorem{lemma}{Lemma}
\\newtheorem{definition}{Definition}
\\usepackage{blueprint}
\\begin{document}
\\chapter{One}
\\input{content}
\\end{document}
"""


def lemma(label: str, text: str = "", *, stated: bool = False, proved: bool = False, lean: str = "") -> str:
    marks = ("\\lean{" + lean + "}" if lean else "") + ("\\leanok" if stated else "")
    proof = "\\leanok " if proved else ""
    return (
        f"\\begin{{lemma}}\\label{{{label}}}{marks}\n{text or label + ' holds.'}\n\\end{{lemma}}\n"
        f"\\begin{{proof}}\n{proof}Look at {label}.\n\\end{{proof}}\n"
    )


class Repository:
    """A clone with a clock of its own: a day passes with each commit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.time = START
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, **more: str) -> str:
        date = self.time.isoformat()
        environment = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, **more}
        run = subprocess.run(["git", *words], cwd=self.folder, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def write(self, **files: str) -> None:
        """`blueprint__src__content_tex` is blueprint/src/content.tex."""
        for name, text in files.items():
            path = self.folder / (name.replace("__", "/")[::-1].replace("_", ".", 1)[::-1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def content(self, *lemmas: str) -> None:
        """Replace the blueprint's text."""
        self.write(blueprint__src__web_tex=PREAMBLE, blueprint__src__content_tex="".join(lemmas))

    def commit(self, message: str = "change", author: str = "Ada Lovelace <ada@example.org>", days: float = 1) -> str:
        """Commit everything; the commit's id."""
        self.time += timedelta(days=days)
        name, _, mail = author.rstrip(">").partition(" <")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, GIT_AUTHOR_NAME=name, GIT_AUTHOR_EMAIL=mail)
        return self.git("rev-parse", "HEAD")
