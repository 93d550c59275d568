"""The document record: what one document gives, as pydantic models with a JSON Schema.

Notes for a newcomer. ``start``/``end`` are half-open code-point offsets into the **raw** text and
``raw[start:end] == text`` holds for every annotation; ``norm_start``/``norm_end`` are its place in the repaired text
(`DocumentRecord.text`). The field names and their meanings are those of the annotation guide, so that a record can
be scored against a gold file, or become one.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

SCHEMA_VERSION = "1.0"
"""Of the record: the first number changes when a field goes or changes its meaning, the second when one comes."""

RepairKind = Literal[
    "mt_brand", "mt_person", "mt_term", "pinyin", "mojibake", "markup", "lost_char", "spam",
    "script", "vocabulary", "width",
]  # fmt: skip
EntityType = Literal["PLATFORM", "ORG", "PRODUCT", "PERSON", "LOC", "EVENT", "WORK"]
ValueType = Literal["MONEY", "PERCENT", "QUANTITY", "ORDINAL", "CARDINAL"]
ValueMod = Literal["MORE_THAN", "EQUAL_OR_MORE", "LESS_THAN", "EQUAL_OR_LESS", "APPROX"]
TimeType = Literal["DATE", "TIME", "DURATION"]
TimeMod = Literal["START", "END", "MID", "BEFORE", "AFTER", "APPROX"]
Predicate = Literal[
    "block_link", "restore_link", "partner", "end_partnership", "launch", "shut_down", "advertise",
    "rename", "sanction", "accuse", "require", "acquire", "invest",
]  # fmt: skip
OwnPredicate = Annotated[str, Field(pattern="^[a-z]+(_[a-z]+)*$")]
"""The predicate of a user's own frame."""
Measure = Literal["level", "yoy_growth", "growth", "net_increase", "share"]

Offset = Annotated[int, Field(ge=0)]
Span = tuple[Offset, Offset]
Score = Annotated[float, Field(ge=0, le=1)]
Number = int | float
"""Whole numbers are written without a decimal point."""


class Model(BaseModel):
    """Base of all records: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Located(Model):
    """Something that stands in the text: ``raw[start:end] == text``."""

    start: Offset
    end: Offset
    text: str
    norm_start: Offset
    norm_end: Offset


class Found(Located):
    """Something that a rule or model found; ``score`` is its confidence, 0 to 1."""

    rule: str
    score: Score


class Repair(Found):
    """A change to the text: ``text`` is the damage, ``clean`` what should stand there (``""``: nothing).

    Applying all repairs of a record to the raw text gives the record's ``text``. The kinds ``script``,
    ``vocabulary`` and ``width`` are conversions, not damage.
    """

    clean: str
    kind: RepairKind


class EntityRecord(Found):
    """A mention with its canonical ``name`` in simplified Chinese; ``id`` is its knowledge-base row, if it has one."""

    type: EntityType
    name: str
    id: str | None = None


class ValueRecord(Found):
    """A numeral that counts or measures: ``value``, or ``low`` and ``high`` of a range such as 数亿."""

    type: ValueType
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    mod: ValueMod | None = None


class TimeRecord(Found):
    """A time expression as a TIMEX3 value; ``interval`` is ``[from, to)`` in ISO 8601, null for an open end."""

    type: TimeType
    timex: str
    mod: TimeMod | None = None
    interval: tuple[str | None, str | None] | None = None


class ArgumentRecord(Model):
    """What fills a slot of a claim, where it stands (null: nowhere), and ``how`` it was found."""

    role: str
    name: str
    start: Offset | None
    end: Offset | None
    norm_start: Offset | None
    norm_end: Offset | None
    text: str | None
    how: str


class AmountRecord(Model):
    """The money of an event."""

    value: Number | None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    mod: ValueMod | None = None


class ClaimBase(Model):
    """What every claim says of itself.

    ``id`` is a hash of the document's bytes and the claim's content: the same claim in the same document has the
    same id on every run and machine. ``evidence`` lists sentences of the raw text, best first.
    """

    id: Annotated[str, Field(pattern="^[0-9a-f]{16}$")]
    doc: str
    polarity: Literal["affirmed", "negated"]
    status: Literal["actual", "planned", "possible"]
    source: str | None
    time: str | None
    time_how: str
    evidence: Annotated[list[Span], Field(min_length=1)]
    evidence_text: list[str]
    norm_evidence: list[Span]
    arguments: list[ArgumentRecord]
    rule: str
    score: Score


class EventRecord(ClaimBase):
    """Who did what to whom; each object is one claim. ``subject`` is null where no agent is named."""

    kind: Literal["event"] = "event"
    predicate: Predicate | OwnPredicate
    subject: str | None
    objects: Annotated[list[str], Field(min_length=1)]
    channel: list[str] = []
    amount: AmountRecord | None = None
    content: str | None = None


class MetricRecord(ClaimBase):
    """What was measured; ``time`` is the period measured."""

    kind: Literal["metric"] = "metric"
    subject: str
    metric: str
    measure: Measure
    value: Number | None
    low: Number | None = None
    high: Number | None = None
    unit: str | None = None
    mod: ValueMod | None = None


class StatementRecord(ClaimBase):
    """Who said what; ``quote`` is the span of the words, without the quotation marks."""

    kind: Literal["statement"] = "statement"
    speaker: str
    role: str | None
    quote: Span
    quote_text: str
    norm_quote: Span


ClaimRecord = Annotated[EventRecord | MetricRecord | StatementRecord, Field(discriminator="kind")]


class DocumentRecord(Model):
    """All that was found in one document. ``sha256`` is that of the raw text in UTF-8."""

    schema_version: str = SCHEMA_VERSION
    doc: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    date: str | None
    date_source: Literal["given", "inferred", "none"]
    text: str
    repairs: list[Repair]
    entities: list[EntityRecord]
    values: list[ValueRecord]
    times: list[TimeRecord]
    claims: list[ClaimRecord]


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of a document record; a line of claims output fits its ``$defs``.

    >>> record_schema()["title"]
    'DocumentRecord'
    """
    return DocumentRecord.model_json_schema(mode="serialization")


def claim_schema() -> dict[str, Any]:
    """Return the JSON Schema of one claim, as ``--emit claims`` writes it.

    >>> sorted(claim_schema()["discriminator"]["mapping"])
    ['event', 'metric', 'statement']
    """
    adapter: TypeAdapter[ClaimRecord] = TypeAdapter(ClaimRecord)
    return adapter.json_schema(mode="serialization")
