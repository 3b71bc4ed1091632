"""Why an answer is of no use: data, not an exception, as models answer so every day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an answer, and what to do about it; the words can be told to the model as well."""

    what_happened: str
    what_to_do: str = ""

    def __str__(self) -> str:
        return f"{self.what_happened} {self.what_to_do}".strip()
