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

    start: Offset = Field(description="first character, in the raw text")
    end: Offset = Field(description="behind the last character, in the raw text")
    text: str = Field(description="the words of the raw text")
    norm_start: Offset = Field(description="first character, in the repaired text")
    norm_end: Offset = Field(description="behind the last character, in the repaired text")


class Found(Located):
    """Something that a rule or model found; ``score`` is its confidence, 0 to 1."""

    rule: str = Field(description="what found it: a row of the data files or a pattern")
    score: Score = Field(description="how much the reading had to assume; no calibrated probability")


class Repair(Found):
    """A change to the text: ``text`` is the damage, ``clean`` what should stand there (``""``: nothing).

    Applying all repairs of a record to the raw text gives the record's ``text``. The kinds ``script``,
    ``vocabulary`` and ``width`` are conversions, not damage.
    """

    clean: str = Field(description="what should stand there; empty: nothing")
    kind: RepairKind = Field(description="what did the damage, or the conversion")


class EntityRecord(Found):
    """A mention with its canonical ``name`` in simplified Chinese; ``id`` is its knowledge-base row, if it has one."""

    type: EntityType = Field(description="what kind of thing it is")
    name: str = Field(description="canonical name, in simplified Chinese")
    id: str | None = Field(None, description="row of the knowledge base; null where a pattern found the name")


class ValueRecord(Found):
    """A numeral that counts or measures: ``value``, or ``low`` and ``high`` of a range such as 数亿."""

    type: ValueType = Field(description="what is counted or measured")
    value: Number | None = Field(description="the number, in units, not in 万 or 亿; null for a range")
    low: Number | None = Field(None, description="lower end of a range")
    high: Number | None = Field(None, description="upper end of a range")
    unit: str | None = Field(None, description="%, an ISO 4217 currency, or a unit of measure")
    mod: ValueMod | None = Field(None, description="how exact the number is")


class TimeRecord(Found):
    """A time expression as a TIMEX3 value; ``interval`` is ``[from, to)`` in ISO 8601, null for an open end."""

    type: TimeType = Field(description="day or longer, clock time, or length of time")
    timex: str = Field(description="TIMEX3 value, such as 2022-03-01, 2021-Q3, P6M; X where it is not known")
    mod: TimeMod | None = Field(None, description="part of the time that is meant, or how exact it is")
    interval: tuple[str | None, str | None] | None = Field(None, description="[from, to) in ISO 8601")


class ArgumentRecord(Model):
    """What fills a slot of a claim, where it stands (null: nowhere), and ``how`` it was found."""

    role: str = Field(description="the slot: trigger, subject, object, speaker, source, time, value, …")
    name: str = Field(description="what fills it, as the claim says it")
    start: Offset | None = Field(description="first character, in the raw text")
    end: Offset | None = Field(description="behind the last character, in the raw text")
    norm_start: Offset | None = Field(description="first character, in the repaired text")
    norm_end: Offset | None = Field(description="behind the last character, in the repaired text")
    text: str | None = Field(description="the words of the raw text")
    how: str = Field(description="stated, carried over, from the sentence, the topic, an anaphor, …")


class AmountRecord(Model):
    """The money of an event."""

    value: Number | None = Field(description="the number, in units; null for a range")
    low: Number | None = Field(None, description="lower end of a range")
    high: Number | None = Field(None, description="upper end of a range")
    unit: str | None = Field(None, description="ISO 4217 currency")
    mod: ValueMod | None = Field(None, description="how exact the number is")


class ClaimBase(Model):
    """What every claim says of itself.

    ``id`` is a hash of the document's bytes and the claim's content: the same claim in the same document has the
    same id on every run and machine. ``evidence`` lists sentences of the raw text, best first.
    """

    id: str = Field(pattern="^[0-9a-f]{16}$", description="hash of the document and of what the claim says")
    doc: str = Field(description="name of the document")
    polarity: Literal["affirmed", "negated"] = Field(description="whether the text says it or denies it")
    status: Literal["actual", "planned", "possible"] = Field(
        description="happened or in force, announced, or only possible"
    )
    source: str | None = Field(description="whose word it is, where it is not the author's")
    time: str | None = Field(description="when it happened, or the period measured, as TIMEX3")
    time_how: str = Field(description="how the time was found; empty where there is none")
    evidence: list[Span] = Field(min_length=1, description="sentences of the raw text, best first")
    evidence_text: list[str] = Field(description="their words")
    norm_evidence: list[Span] = Field(description="the same sentences in the repaired text")
    arguments: list[ArgumentRecord] = Field(description="what fills each slot, and where it stands")
    rule: str = Field(description="the frame and construction, or the pattern")
    score: Score = Field(
        description="how much the reading had to assume; orders claims, no calibrated probability"
    )


class EventRecord(ClaimBase):
    """Who did what to whom; each object is one claim. ``subject`` is null where no agent is named."""

    kind: Literal["event"] = Field("event", description="always event")
    predicate: Predicate | OwnPredicate = Field(
        description="what was done; or the predicate of a user's own frame"
    )
    subject: str | None = Field(description="who did it; null where nobody is named")
    objects: list[str] = Field(min_length=1, description="to whom or what; each is one claim")
    channel: list[str] = Field([], description="by way of what, such as 直播间")
    amount: AmountRecord | None = Field(None, description="money that moved, or that was invested")
    content: str | None = Field(None, description="what an accusation or a demand says")


class MetricRecord(ClaimBase):
    """What was measured; ``time`` is the period measured."""

    kind: Literal["metric"] = Field("metric", description="always metric")
    subject: str = Field(description="whose figure it is")
    metric: str = Field(description="what was measured, such as gmv or revenue")
    measure: Measure = Field(description="the level itself, its growth, or a share")
    value: Number | None = Field(description="the number, in units, not in 万 or 亿; null for a range")
    low: Number | None = Field(None, description="lower end of a range")
    high: Number | None = Field(None, description="upper end of a range")
    unit: str | None = Field(None, description="%, an ISO 4217 currency, or a unit of measure")
    mod: ValueMod | None = Field(None, description="how exact the number is")


class StatementRecord(ClaimBase):
    """Who said what; ``quote`` is the span of the words, without the quotation marks."""

    kind: Literal["statement"] = Field("statement", description="always statement")
    speaker: str = Field(description="who said it, by name or description")
    role: str | None = Field(description="what the speaker is called, such as CEO")
    quote: Span = Field(description="place of the words in the raw text, without quotation marks")
    quote_text: str = Field(description="the words")
    norm_quote: Span = Field(description="their place in the repaired text")


ClaimRecord = Annotated[EventRecord | MetricRecord | StatementRecord, Field(discriminator="kind")]


class DocumentRecord(Model):
    """All that was found in one document. ``sha256`` is that of the raw text in UTF-8."""

    schema_version: str = Field(SCHEMA_VERSION, description="of the record; see CHANGELOG")
    doc: str = Field(description="name of the document")
    sha256: str = Field(pattern="^[0-9a-f]{64}$", description="of the raw text in UTF-8")
    date: str | None = Field(description="date of the document: year, month or day")
    date_source: Literal["given", "inferred", "none"] = Field(
        description="whether the date was given or inferred"
    )
    text: str = Field(description="the repaired text")
    repairs: list[Repair] = Field(description="what leads from the raw to the repaired text, in order")
    entities: list[EntityRecord] = Field(description="names, in order")
    values: list[ValueRecord] = Field(description="numbers that count or measure, in order")
    times: list[TimeRecord] = Field(description="time expressions, in order")
    claims: list[ClaimRecord] = Field(description="what the text claims")


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
