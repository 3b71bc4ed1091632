"""Planted statements that are false: should one ever be called verified, the judging itself cannot be trusted."""

import random
from dataclasses import dataclass

_MAKES = (
    ("(a b : Nat)", "(a + {k}) * (b + {m}) = a * b + {m} * a + {k} * b + {wrong}",
     "For all natural $a$ and $b$ we have $(a+{k})(b+{m}) = ab + {m}a + {k}b + {wrong}$."),
    ("(n : Nat)", "(n + {k}) * {m} = n * {m} + {wrong}",
     "For every natural $n$ we have $(n+{k}) \\cdot {m} = {m}n + {wrong}$."),
    ("(n : Nat)", "{k} * n + {m} < {k} * n + {smaller}",
     "For every natural $n$ we have ${k}n + {m} < {k}n + {smaller}$."),
    ("(a b c : Nat) (h : a + {k} = b) (h' : b + {m} = c)", "a + {wrong_sum} = c",
     "If $a + {k} = b$ and $b + {m} = c$ then $a + {wrong_sum} = c$."),
)  # fmt: skip
"""Binders, statement and text; each is false for every choice of its numbers, as arithmetic shows."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A false theorem: its name, its Lean statement up to ``:=``, and the text that seems to call for it."""

    name: str
    statement: str
    tex: str

    @property
    def node(self) -> str:
        """What stands in the place of a node's label."""
        return f"canary:{self.name}"


def canary(number: int, seed: str) -> Canary:
    """The canary of this number in the run named `seed`; the same arguments always give the same one."""
    chance = random.Random(f"{seed}/{number}")
    binders, claim, tex = _MAKES[number % len(_MAKES)]
    k, m = chance.randint(3, 40), chance.randint(3, 40)
    values = {
        "k": k,
        "m": m,
        "wrong": k * m + chance.randint(1, 9),
        "smaller": m - chance.randint(0, 2),
        "wrong_sum": k + m + chance.randint(1, 9),
    }
    name = f"step_{chance.randint(10_000, 99_999)}"
    return Canary(
        name, f"theorem {name} {binders.format(**values)} : {claim.format(**values)} :=", _filled(tex, values)
    )


def _filled(tex: str, values: dict[str, int]) -> str:
    for name, value in values.items():
        tex = tex.replace(f"{{{name}}}", str(value))
    return tex
