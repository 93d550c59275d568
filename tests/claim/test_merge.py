"""The same claim a thousand times costs a thousand times as much as once, and no more."""

from collections.abc import Callable

import pytest

from ecomlink_nlp.claim.merge import merge_claims
from ecomlink_nlp.text.document import Claim, EventClaim, MetricClaim, StatementClaim


class Span(tuple[int, int]):
    """A span that counts how often it is looked at."""

    looks = 0

    def __eq__(self, other: object) -> bool:
        Span.looks += 1
        return super().__eq__(other)

    def __hash__(self) -> int:
        Span.looks += 1
        return super().__hash__()

    def __getitem__(self, index):
        Span.looks += 1
        return super().__getitem__(index)

    def __iter__(self):
        Span.looks += 1
        return super().__iter__()


def _event(number: int) -> Claim:
    return EventClaim(
        [Span((number, number + 9))], predicate="block_link", subject="微信", objects=["抖音", "淘宝"]
    )


def _partnership(number: int) -> Claim:
    return EventClaim([Span((number, number + 9))], predicate="partner", subject="京东", objects=["快手"])


def _metric(number: int) -> Claim:
    return MetricClaim([Span((number, number + 9))], subject="京东", metric="gmv", value=1.0)


def _statement(number: int) -> Claim:
    return StatementClaim([Span((number, number + 9))], speaker="京东", quote=Span((0, 9)))


def _next_statement(number: int) -> Claim:
    return StatementClaim(
        [Span((20 * number, 20 * number + 15))], speaker="京东", quote=Span((20 * number, 20 * number + 9))
    )


CASES = {
    _event: 1,
    _partnership: 1,
    _metric: 1,
    _statement: 1,
    _next_statement: None,  # each is one of its own
}


@pytest.mark.parametrize(
    ("make", "kept"), list(CASES.items()), ids=lambda value: getattr(value, "__name__", "")
)
def test_looks_grow_with_the_number_of_claims(make: Callable[[int], Claim], kept: int | None) -> None:
    looks = {}
    for count in (500, 2000):
        claims = [make(number) for number in range(count)]
        Span.looks = 0
        merged = merge_claims(claims)
        looks[count] = Span.looks
        assert len(merged) == (kept or count)
        assert sum(len(claim.evidence) for claim in merged) == count
    assert count < looks[2000] < 4.5 * looks[500]


def test_a_quote_that_grew_is_found_again() -> None:
    short, long, behind = (
        StatementClaim([quote], speaker="京东", quote=quote) for quote in ((0, 30), (10, 900), (850, 860))
    )
    (merged,) = merge_claims([short, long, behind])
    assert isinstance(merged, StatementClaim)
    assert merged.quote == (10, 900)
    assert merged.evidence == [(0, 30), (10, 900), (850, 860)]


def test_the_first_of_two_overlapping_quotes_is_taken() -> None:
    quotes = ((0, 30), (500, 530), (20, 510))
    first, second = merge_claims(StatementClaim([quote], speaker="京东", quote=quote) for quote in quotes)
    assert first.evidence == [(0, 30), (20, 510)]
    assert second.evidence == [(500, 530)]


def test_a_claim_with_two_objects_adds_to_both_and_keeps_the_rest() -> None:
    objects = (["抖音"], ["淘宝"], ["淘宝", "快手", "抖音"])
    merged = merge_claims(
        EventClaim([(number, number + 1)], predicate="block_link", subject="微信", objects=names)
        for number, names in enumerate(objects)
    )
    assert [claim.objects for claim in merged if isinstance(claim, EventClaim)] == [
        ["抖音"],
        ["淘宝"],
        ["快手"],
    ]
    assert [claim.evidence for claim in merged] == [[(0, 1), (2, 3)], [(1, 2), (2, 3)], [(2, 3)]]
