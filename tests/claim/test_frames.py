"""Every frame's examples give just the claims that they state."""

import pytest

from ecomlink_nlp.claim.discourse import Discourse
from ecomlink_nlp.claim.events import find_events
from ecomlink_nlp.claim.frames import Example, Frame, FrameSet, parse_frame
from ecomlink_nlp.claim.merge import merge_claims
from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.tag.entities import Gazetteer
from ecomlink_nlp.text.document import Document, EventClaim
from ecomlink_nlp.text.edits import Alignment
from ecomlink_nlp.text.sentences import sentence_spans

CASES = [
    pytest.param(frame, example, id=f"{frame.predicate}: {example.text}")
    for frame in FrameSet.default().frames
    for example in frame.examples
]


def events_of(text: str) -> list[EventClaim]:
    document = Document("example", Alignment(text))
    document.sentences = sentence_spans(text)
    gazetteer = Gazetteer.default()
    document.entities = gazetteer.find_entities(text)

    def owner(name: str) -> str | None:
        party = gazetteer.lookup(name)
        parent = gazetteer.parent(party) if party else None
        return parent.name if parent else None

    found = merge_claims(find_events(Discourse(document), FrameSet.default(), owner))
    return [claim for claim in found if isinstance(claim, EventClaim)]


def written(claim: EventClaim) -> set[str]:
    negation = "not " if claim.polarity == "negated" else ""
    status = "" if claim.status == "actual" else f" ({claim.status})"
    return {f"{claim.subject} > {negation}{name}{status}" for name in claim.objects}


@pytest.mark.parametrize(("frame", "example"), CASES)
def test_example(frame: Frame, example: Example) -> None:
    found: set[str] = set()
    for claim in events_of(example.text):
        if claim.predicate == frame.predicate:
            found |= written(claim)
    assert found == set(example.claims)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"predicate": "Kiss"}, "predicate 'Kiss'"),
        ({"predicate": "launch", "subjekt": []}, "unknown key subjekt"),
        (
            {"predicate": "launch", "subject": [], "objects": [], "trigger": [{"id": "x"}]},
            "needs an id and words",
        ),
        (
            {
                "predicate": "launch",
                "subject": [],
                "objects": [],
                "trigger": [{"id": "x", "words": ["推"], "needs": "("}],
            },
            "no regular expression",
        ),
    ],
)
def test_mistakes_are_named(data: dict[str, object], message: str) -> None:
    with pytest.raises(ResourceError, match=message):
        parse_frame(data, "my.toml")
