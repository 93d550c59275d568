"""``ecomlink explain``: how a claim came about, from the raw characters to its slots."""

import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from ecomlink_nlp.claim.frames import FrameSet
from ecomlink_nlp.cli.inputs import find_inputs
from ecomlink_nlp.cli.output import Messages
from ecomlink_nlp.errors import EcomlinkError, ReadError
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.models import ArgumentRecord, ClaimRecord, DocumentRecord, Repair
from ecomlink_nlp.record.table import claim_words, visible
from ecomlink_nlp.text.edits import CONVERSIONS

_WAYS = {
    "stated": "stated there",
    "described": "described there, not named",
    "carried": "carried over from an earlier clause",
    "anaphor": "a pronoun or the like stands there",
    "owner": "the owner of what is named",
    "parent": "the owner of what is named",
    "title": "from the title",
    "topic": "what the passage is about",
    "sentence": "from elsewhere in the sentence",
    "before": "from before",
    "year": "of the year that is told of",
    "campaign": "when the campaign is",
    "festival": "when the festival is",
    "publication": "when the document was published",
    "report": "of the report's period",
    "asked": "from the question",
    "affiliation": "whom the speaker belongs to",
}


class NoSuchClaimError(EcomlinkError):
    """No claim, or more than one, has the id that was asked for."""


def explain_input(
    argument: str,
    claim_id: str | None,
    date: str | None,
    encoding: str | None,
    messages: Messages,
    own: OwnRules,
) -> None:
    """Print the explanation of one claim, or of all, of one input."""

    inputs = list(find_inputs([argument]))
    if len(inputs) != 1:
        raise ReadError(f"{argument}: stands for {len(inputs)} files. Name one of them.")
    if isinstance(inputs[0], ReadError):
        raise inputs[0]
    read = inputs[0].read(encoding)
    pipeline = own.pipeline()
    record = build_record(pipeline.annotate(read.text, name=read.name, date=date))
    console = Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty())
    claims = [find_claim(record, claim_id)] if claim_id else record.claims
    for claim in claims:
        console.print(explanation(claim, record, read.text, pipeline.frames))
    if not claims:
        messages.note(f"{argument}: no claims")


def find_claim(record: DocumentRecord, claim_id: str) -> ClaimRecord:
    """Return the claim whose id begins with ``claim_id``; raise `NoSuchClaimError` where not just one does."""
    found = [claim for claim in record.claims if claim.id.startswith(claim_id.lower())]
    if len(found) == 1:
        return found[0]
    what = f"{len(found)} claims have" if found else "no claim has"
    ids = " ".join(claim.id for claim in (found or record.claims)) or "none"
    raise NoSuchClaimError(
        f"{record.doc}: {what} an id that begins with {claim_id!r}. Take one of: {ids}. (The date is part of what a"
        " claim says: give --date as you gave it to extract.)"
    )


def explanation(claim: ClaimRecord, record: DocumentRecord, raw: str, frames: FrameSet) -> Text:
    """Return the whole explanation of a claim of ``record``, which was made from ``raw``."""
    who, what, whom = claim_words(claim)
    text = Text()
    text.append(
        f"{claim.id}  {claim.kind}, {claim.polarity}, {claim.status}, score {claim.score:.2f}\n", "bold"
    )
    text.append(visible(f"  {who} — {what} — {whom}\n"))
    if claim.time:
        text.append(f"  when: {claim.time} ({_WAYS.get(claim.time_how, claim.time_how or 'stated there')})\n")
    for line in _rule_lines(claim, frames):
        text.append(f"  {line}\n")
    text.append("evidence\n", "dim")
    for start, end in claim.evidence:
        text.append(f"  {start}-{end}  ", "dim")
        text.append_text(_marked(raw, start, end, claim.arguments))
        text.append("\n")
    text.append("slots\n", "dim")
    for argument in claim.arguments:
        text.append(visible(f"  {_argument_line(argument)}\n"))
    repairs = resting_on(claim, record.repairs)
    text.append("repairs it rests on\n" if repairs else "it rests on no repair\n", "dim")
    for repair in repairs:
        text.append(
            visible(
                f"  {repair.start}-{repair.end}  {repair.text} → {repair.clean or '(nothing)'}"
                f"  {repair.kind}, rule {repair.rule}, score {repair.score:.2f}\n"
            )
        )
    return text


def resting_on(claim: ClaimRecord, repairs: Sequence[Repair]) -> list[Repair]:
    """Return the repairs inside the claim's arguments, and damage elsewhere in its evidence."""
    places = [(a.start, a.end) for a in claim.arguments if a.start is not None and a.end is not None]
    return [
        repair
        for repair in repairs
        if _touches(repair, places) or (repair.kind not in CONVERSIONS and _touches(repair, claim.evidence))
    ]


def _touches(repair: Repair, spans: Sequence[tuple[int, int]]) -> bool:
    return any(repair.start < end and repair.end > start for start, end in spans)


def _rule_lines(claim: ClaimRecord, frames: FrameSet) -> Iterator[str]:
    """The rule's id; for an event also the words that evoke its frame."""
    yield f"rule: {claim.rule}"
    if claim.kind != "event":
        return

    name = claim.rule.partition("/")[0]
    for frame in frames.frames:
        for trigger in frame.triggers:
            if name == f"{frame.predicate}.{trigger.id}":
                words = "、".join(trigger.words[:12]) + ("…" if len(trigger.words) > 12 else "")
                yield f"frame {frame.predicate}, construction {trigger.construction}: {words}"


def _marked(raw: str, start: int, end: int, arguments: Sequence[ArgumentRecord]) -> Text:
    """The passage with its arguments in brackets; of two that overlap the first is marked."""
    text = Text()
    position = start
    inside = [a for a in arguments if a.start is not None and a.end is not None]
    for argument in sorted(inside, key=lambda a: (a.start or 0, -(a.end or 0))):
        if (
            argument.start is None
            or argument.end is None
            or not position <= argument.start < argument.end <= end
        ):
            continue
        text.append(visible(raw[position : argument.start]))
        text.append(f"[{argument.role} ", "dim")
        text.append(visible(raw[argument.start : argument.end]), "bold cyan")
        text.append("]", "dim")
        position = argument.end
    text.append(visible(raw[position:end]))
    return text


def _argument_line(argument: ArgumentRecord) -> str:
    way = _WAYS.get(argument.how, argument.how or "stated there")
    if argument.text is None:
        return f"{argument.role}: {argument.name} ({way}, without words of its own)"
    words = "" if argument.text == argument.name else f" ← {argument.text}"
    return f"{argument.role}: {argument.name}{words}  {argument.start}-{argument.end} ({way})"
