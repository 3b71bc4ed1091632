"""The one exception for failures that a user can understand and act on."""


class BlueprintError(Exception):
    """An expected failure: `what_happened` in plain words, and `what_to_do` about it."""

    def __init__(self, what_happened: str, what_to_do: str = "") -> None:
        super().__init__(what_happened)
        self.what_happened = what_happened
        self.what_to_do = what_to_do

    def __str__(self) -> str:
        return f"{self.what_happened} {self.what_to_do}".strip()
