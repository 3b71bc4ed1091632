"""Planted statements are false, whatever numbers were drawn."""

import re
from itertools import product

from blueprint_app.assistant.batch.canaries import canary


def holds(statement: str, values: dict[str, int]) -> bool:
    """Whether a statement holds for these values; hypotheses that do not hold make it hold."""
    binders, claim = re.fullmatch(r"theorem \w+ (.*) : (.*) :=", statement).groups()
    hypotheses = [each.split(":", 1)[1].strip() for each in re.findall(r"\(([^()]*h'? :[^()]*)\)", binders)]
    names = {"__builtins__": {}}
    if not all(eval(each.replace(" = ", " == "), names, values) for each in hypotheses):
        return True
    return bool(eval(claim.replace(" = ", " == "), names, values))


SMALL, LARGE = range(3), range(85)


def test_each_is_false():
    for number in range(80):
        found = canary(number, "some run")
        names = re.findall(r"\(((?:[a-z] ?)+) : Nat\)", found.statement)[0].split()
        # Where there are hypotheses the first number is free and the others follow from it.
        ranges = [SMALL, LARGE, LARGE] if len(names) == 3 else [LARGE] * len(names)
        tries = (dict(zip(names, each, strict=True)) for each in product(*ranges))
        assert not all(holds(found.statement, each) for each in tries), found


def test_a_run_plants_the_same_ones_again_and_other_runs_others():
    assert canary(3, "a") == canary(3, "a")
    assert canary(3, "a") != canary(3, "b")
    assert canary(3, "a").node.startswith("canary:")


def test_the_text_says_what_the_statement_says():
    found = canary(1, "a")
    for number in re.findall(r"\d+", found.statement.split(":", 1)[1]):
        assert number in found.tex
