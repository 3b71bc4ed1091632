"""Writes texts as `DraftExport.lean` does, or as somebody would who lies about what was compiled."""


class Export:
    """A module as text; names are written with dots. Numbers are given out as the format says."""

    def __init__(self, target: str = "T", imports: str = "Init") -> None:
        self._names: dict[str, int] = {"": 0}
        self._terms = 0
        self._levels = 0
        self.lines = ["V 1"]
        self.add(f"I {self.name(imports)} false true false")
        self.add(f"T {self.name(target)}")

    def add(self, line: str) -> None:
        self.lines.append(line)

    def name(self, written: str) -> int:
        if written not in self._names:
            above, _, last = written.rpartition(".")
            self.add(f"S {self.name(above)} x{last.encode().hex()}")
            self._names[written] = len(self._names)
        return self._names[written]

    def level(self, text: str) -> int:
        self.add(f"L {text}")
        self._levels += 1
        return self._levels

    def term(self, text: str) -> int:
        self.add(f"E {text}")
        self._terms += 1
        return self._terms - 1

    def constant(self, written: str, *levels: int) -> int:
        return self.term(" ".join(["c", str(self.name(written)), *map(str, levels)]))

    def apply(self, function: int, *arguments: int) -> int:
        for argument in arguments:
            function = self.term(f"a {function} {argument}")
        return function

    def arrow(self, domain: int, codomain: int, info: str = "d") -> int:
        return self.term(f"p {info} {domain} {codomain}")

    def prop(self) -> int:
        return self.term("s 0")

    def kind(self) -> int:
        return self.term(f"s {self.level('s 0')}")

    def theorem(self, written: str, kind: int, value: int, *params: str) -> "Export":
        return self._declared("t", written, f"{kind} {value}", params)

    def definition(self, written: str, kind: int, value: int, *params: str) -> "Export":
        number = self.name(written)
        self.add(f"M {number}")
        self.add(" ".join(["C", "d", str(number), "a", f"{kind} {value}", *(str(self.name(each)) for each in params)]))
        return self

    def axiom(self, written: str, kind: int) -> "Export":
        return self._declared("a", written, f"{kind}", ())

    def _declared(self, letter: str, written: str, rest: str, params: tuple[str, ...]) -> "Export":
        number = self.name(written)
        names = [str(self.name(each)) for each in params]
        self.add(f"M {number}")
        self.add(" ".join(["C", letter, str(number), rest, *names]))
        return self

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"
