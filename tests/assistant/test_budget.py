"""Budgets hold however many calls are under way."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from blueprint_app.assistant.budget import Amount, Budget, OutOfBudgetError, Reservation
from blueprint_app.assistant.endpoints.messages import Usage


def test_what_is_reserved_counts_until_it_is_settled():
    budget = Budget("the budget of this run", most_tokens=1000)
    with Reservation([budget], Amount(700)) as call:
        with pytest.raises(OutOfBudgetError, match="300 tokens left"):
            budget.reserve(Amount(400))
        call.settle(Amount(250))
    assert budget.spent == Amount(250)


def test_a_call_that_failed_takes_nothing():
    budget = Budget("the budget of this run", most_cost=1.0)
    with pytest.raises(ZeroDivisionError), Reservation([budget], Amount(10, 0.9)):
        raise ZeroDivisionError
    assert budget.spent == Amount()


def test_it_is_reserved_everywhere_or_nowhere():
    wide, narrow = Budget("the budget of today", 10_000), Budget("the budget of this node", 100)
    with pytest.raises(OutOfBudgetError, match="the budget of this node"):
        Reservation([wide, narrow], Amount(200))
    assert wide.spent == Amount()


def test_no_number_of_calls_at_once_overspends():
    budget = Budget("the budget of this run", most_tokens=1000)

    def call(_number: int) -> bool:
        try:
            with Reservation([budget], Amount(90)) as reserved:
                assert budget.spent.tokens <= 1000
                reserved.settle(Amount(90))
        except OutOfBudgetError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        made = sum(pool.map(call, range(200)))
    assert made == 11
    assert budget.spent == Amount(990)


def test_what_a_call_took_is_what_its_server_counted():
    assert Amount.of(Usage(120, 30, reasoning=10, cached=5, cost=0.25)) == Amount(150, 0.25)
    assert Amount.of(Usage(120, 30, estimated=True)) == Amount(150, 0.0)


def test_without_a_limit_all_goes():
    Budget("none").reserve(Amount(10**9, 10**6))


def test_the_words_name_money_and_tokens():
    budget = Budget("the budget of this node", 500, 2.0)
    with pytest.raises(OutOfBudgetError) as caught:
        budget.reserve(Amount(501, 0.5))
    assert str(caught.value) == (
        "The next call might take 501 tokens and $0.5, and the budget of this node has 500 tokens and $2 left. "
        "Raise the budget of this node, or go on without it."
    )
