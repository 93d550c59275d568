"""Metric claims from single sentences, with their tags written into the text."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.metrics import find_metrics
from ecomlink_nlp.tag.values import find_values
from ecomlink_nlp.text.document import Document, Entity, MetricClaim, Time
from ecomlink_nlp.text.edits import Alignment
from ecomlink_nlp.text.sentences import sentence_spans

FILES = ("metrics.toml", "metric_passages.toml", "metric_stories.toml")
CASES = [
    case
    for name in FILES
    for case in tomllib.loads((Path(__file__).parent.parent / "cases" / name).read_text(encoding="utf-8"))[
        "case"
    ]
]
_MARK = re.compile(r"\[([^\]|]+)\|([A-Z]+)(?:\|([^\]]+))?\]|\{([^}|]+)\|([^}]+)\}")


def tagged(marked: str, date: str = "2023-12") -> Document:
    """Return the document of ``date`` whose entities and times are marked in ``marked``; values are found."""
    text, position = "", 0
    entities: list[Entity] = []
    times: list[Time] = []
    for match in _MARK.finditer(marked):
        text += marked[position : match.start()]
        position, start = match.end(), len(text)
        if match[1]:
            text += match[1]
            entities.append(Entity(start, len(text), match[2], match[3] or match[1]))
        else:
            text += match[4]
            times.append(Time(start, len(text), "DURATION" if match[5].startswith("P") else "DATE", match[5]))
    text += marked[position:]
    document = Document("case", Alignment(text), date=date)
    document.sentences = sentence_spans(text)
    document.entities, document.times = entities, times
    document.values = find_values(text, [(tag.start, tag.end) for tag in (*entities, *times)])
    return document


def line(claim: MetricClaim) -> str:
    """Return a claim as the case file writes it."""

    def number(value: float | None) -> str:
        return "-" if value is None else repr(value).removesuffix(".0")

    figure = number(claim.value) if claim.low is None else f"{number(claim.low)}..{number(claim.high)}"
    parts = [claim.subject, claim.metric, claim.measure, figure, claim.unit or "-", claim.time or "-"]
    if claim.status != "actual":
        parts.append(claim.status)
    return " | ".join(parts)


def _parameters() -> list[Any]:
    return [
        pytest.param(
            case["text"],
            case.get("date", "2023-12"),
            case["claims"],
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["known_failure"], strict=True)]
            if "known_failure" in case
            else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize(("text", "date", "claims"), _parameters())
def test_claims_of_a_passage(text: str, date: str, claims: list[str]) -> None:
    assert differences([line(claim) for claim in find_metrics(Discourse(tagged(text, date)))], claims) == []


def differences(found: list[str], expected: list[str]) -> list[str]:
    """Return the claims missed and those too many; an expected cell is one or more values, ``any`` fits every one."""
    rest = list(found)
    missed = []
    for claim in sorted(expected, key=lambda claim: (claim.count("any"), claim.count(" or "))):
        fitting = next((other for other in rest if _fits(other, claim)), None)
        if fitting is None:
            missed.append(f"- {claim}")
        else:
            rest.remove(fitting)
    return missed + [f"+ {other}" for other in rest]


def _fits(found: str, expected: str) -> bool:
    cells, wanted = found.split(" | "), expected.split(" | ")
    return len(cells) == len(wanted) and all(
        w == "any" or c in w.split(" or ") for c, w in zip(cells, wanted, strict=True)
    )


def test_differences_see_what_is_missing_and_what_is_too_much() -> None:
    assert differences(["快手 | gmv | level"], ["快手 | any | level"]) == []
    assert differences(["快手 | gmv | level"], ["抖音 | any | level"]) == [
        "- 抖音 | any | level",
        "+ 快手 | gmv | level",
    ]
    assert differences(["快手 | gmv | 2021"], ["快手 | gmv | 2021 or 2022"]) == []
    assert differences([], ["快手 | any | level"]) == ["- 快手 | any | level"]


def test_case_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))


def test_a_claim_can_be_traced() -> None:
    document = tagged("[京东|PLATFORM]{三季度|2023-Q3}收入2477亿元，同比增长1.7%。")
    level, growth = find_metrics(Discourse(document))
    assert level.rule == "revenue/level"
    assert level.evidence == document.sentences
    for claim in (level, growth):
        for argument in claim.arguments:
            assert argument.start is not None
            assert document.text[argument.start : argument.end]
    assert {argument.role for argument in level.arguments} == {"subject", "metric", "value", "time"}
    assert growth.score < level.score == 1.0


def test_repeated_claims_are_merged_with_all_their_evidence() -> None:
    document = tagged(
        "{2021年|2021}[得物|PLATFORM]的GMV为800亿元。{2021年|2021}[得物|PLATFORM]的GMV为800亿元。"
    )
    (claim,) = find_metrics(Discourse(document))
    assert claim.evidence == document.sentences


def test_a_figure_not_reached_is_negated() -> None:
    (claim,) = find_metrics(Discourse(tagged("[国美|ORG]{上半年|2022-H1}GMV未达到500亿元。")))
    assert claim.polarity == "negated"


def test_text_without_figures_makes_no_claims() -> None:
    assert find_metrics(Discourse(tagged(""))) == []
    assert find_metrics(Discourse(tagged("[快手|PLATFORM]电商的GMV还在增长。"))) == []
