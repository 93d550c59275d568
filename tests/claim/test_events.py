"""Events of single sentences: `tests/cases/events.tsv` lists every claim that each must give, and no others."""

from pathlib import Path

import pytest

from ecomlink_nlp.claim.extract import extract_claims
from ecomlink_nlp.claim.frames import FrameSet
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.resources import parse_tsv
from ecomlink_nlp.text.document import Document, EventClaim
from ecomlink_nlp.text.edits import Alignment
from ecomlink_nlp.text.sentences import sentence_spans

CASES = Path(__file__).parents[1] / "cases" / "events.tsv"
ROWS = list(parse_tsv(CASES.read_text(encoding="utf-8"), ("id", "text", "claims"), str(CASES)))


def claims_of(text: str) -> set[str]:
    pipeline = Pipeline.default()
    document = Document("case", Alignment(text))
    document.sentences = sentence_spans(text)
    pipeline.tag(document, "2022-06-15")
    written = set()
    for claim in extract_claims(document, FrameSet.default(), pipeline.owner):
        if isinstance(claim, EventClaim):
            negation = "not " if claim.polarity == "negated" else ""
            status = "" if claim.status == "actual" or negation else f" ({claim.status})"
            written |= {
                f"{claim.predicate} {claim.subject} > {negation}{name}{status}" for name in claim.objects
            }
    return written


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_sentence(row: dict[str, str], request: pytest.FixtureRequest) -> None:
    if row.get("known_failure"):
        request.applymarker(pytest.mark.xfail(reason=row["known_failure"], strict=True))
    assert claims_of(row["text"]) == {claim for claim in row["claims"].split("|") if claim}
