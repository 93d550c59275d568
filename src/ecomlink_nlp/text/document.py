"""The document that the stages fill: plain data over the repaired text.

Notes for a newcomer. Every ``start``/``end`` in this module is a half-open code-point offset into the
**repaired** text (`Document.text`). Raw offsets are made once, at emission, by ``record`` through the
document's `Alignment`. A stage reads the layers above it and fills its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from ecomlink_nlp.text.edits import Alignment
from ecomlink_nlp.text.light import light_dataclass

Polarity = Literal["affirmed", "negated"]
Status = Literal["actual", "planned", "possible"]


@light_dataclass(frozen=True, slots=True)
class Entity:
    """A mention: canonical simplified ``name``, ``type`` (PLATFORM, ORG, …); ``id`` of the knowledge-base row."""

    start: int
    end: int
    type: str
    name: str
    id: str | None = None
    rule: str = ""
    score: float = 1.0


@light_dataclass(frozen=True, slots=True)
class Value:
    """A numeral that counts or measures; either ``value`` or the range ``low``/``high`` is set."""

    start: int
    end: int
    type: str
    value: float | None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    mod: str | None = None
    rule: str = ""
    score: float = 1.0


@light_dataclass(frozen=True, slots=True)
class Time:
    """A TIMEX3 expression; ``interval`` is half-open ISO 8601 ``(from, to)`` with None for an open end."""

    start: int
    end: int
    type: str
    timex: str
    mod: str | None = None
    interval: tuple[str | None, str | None] | None = None
    rule: str = ""
    score: float = 1.0


@light_dataclass(frozen=True, slots=True)
class Argument:
    """What fills a slot of a claim.

    ``name`` is the canonical name or the cleaned noun phrase; ``start``/``end`` its place, None where the slot
    was filled without words (a platform known from its product). ``how`` says how it was found: ``stated``,
    ``carried`` (over from an earlier clause), ``anaphor`` (其, 该平台, 前者), ``title``, ``parent``, ….
    """

    role: str
    name: str
    start: int | None = None
    end: int | None = None
    how: str = "stated"


@dataclass(slots=True)
class Claim:
    """What every claim has. ``evidence`` holds sentence spans, best first; ``rule`` the frame and construction."""

    evidence: list[tuple[int, int]]
    rule: str = ""
    polarity: Polarity = "affirmed"
    status: Status = "actual"
    source: Argument | None = None
    time: str | None = None
    time_how: str = ""
    score: float = 1.0
    arguments: list[Argument] = field(default_factory=list)
    """The arguments with their places, for tracing: subject, objects, value, time, trigger, …"""


@dataclass(slots=True)
class Amount:
    """The money of an event."""

    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    mod: str | None


@dataclass(slots=True)
class EventClaim(Claim):
    """Who did what to whom."""

    predicate: str = ""
    subject: str | None = None
    objects: list[str] = field(default_factory=list)
    channel: list[str] = field(default_factory=list)
    amount: Amount | None = None
    content: str | None = None


@dataclass(slots=True)
class MetricClaim(Claim):
    """What was measured."""

    subject: str = ""
    metric: str = ""
    measure: str = "level"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    mod: str | None = None


@dataclass(slots=True)
class StatementClaim(Claim):
    """Who said what; ``quote`` is the span of the words, without the quotation marks."""

    speaker: str = ""
    role: str | None = None
    quote: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Document:
    """One text on its way through the stages."""

    name: str
    alignment: Alignment
    date: str | None = None
    date_source: Literal["given", "inferred", "none"] = "none"
    sentences: list[tuple[int, int]] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def raw(self) -> str:
        """The text as it was read."""
        return self.alignment.raw

    @property
    def is_regional(self) -> bool:
        """True where the raw text has the vocabulary of Taiwan or Hong Kong, which repair made mainland words."""
        return any(edit.kind == "vocabulary" for layer in self.alignment.layers for edit in layer.edits)

    @property
    def restored_names(self) -> frozenset[tuple[int, int]]:
        """Where the repaired text has names that repair put back: there they are no ordinary words (得到, 快的)."""
        if not any(edit.kind == "mt_brand" for layer in self.alignment.layers for edit in layer.edits):
            return frozenset()
        spans: set[tuple[int, int]] = set()
        shift = 0
        for edit in self.alignment.repairs():
            start = edit.start + shift
            shift += len(edit.after) - len(edit.before)
            if edit.kind == "mt_brand" and edit.after:
                spans.add((start, start + len(edit.after)))
        return frozenset(spans)

    @property
    def text(self) -> str:
        """The repaired text."""
        return self.alignment.text


def overlapping(spans: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield those of the sorted ``spans`` that share a character with ``[start, end)``.

    >>> list(overlapping([(0, 2), (2, 5), (7, 9)], 1, 3))
    [(0, 2), (2, 5)]
    """
    return (span for span in spans if span[0] < end and span[1] > start)
