"""The tasks as the menu has them; the assistant itself is not imported before one of them is wanted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TaskEntry:
    """One entry: `task` and `audience` in the words of the assistant's own enumerations, `title` with its mnemonic."""

    id: str
    task: str
    title: str
    shortcut: str = ""
    audience: str = "mathematician"
    group: int = 0


TASK_ENTRIES = (
    TaskEntry("explain", "explain", "&Explain", "Ctrl+Shift+E"),
    TaskEntry("explain_newcomer", "explain", "Explain to a &newcomer", audience="newcomer"),
    TaskEntry("explain_formaliser", "explain", "Explain to a &formaliser", audience="formaliser"),
    TaskEntry("state", "state", "Draft the Lean &statement", "Ctrl+Shift+T", group=1),
    TaskEntry("prove", "prove", "Draft the Lean &proof", "Ctrl+Shift+P", group=1),
    TaskEntry("critique", "critique", "&Critique the proof", group=2),
    TaskEntry("counterexample", "counterexample", "Look for a counterexam&ple", group=2),
    TaskEntry("split", "split", "Sp&lit into smaller lemmas", group=2),
    TaskEntry("retell", "retell", "&Retell the Lean proof", group=3),
    TaskEntry("related", "related", "Find related res&ults", group=3),
)
