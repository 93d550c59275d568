"""``ecomlink lexicon``: what the program knows, and whether a user's own files are right."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ecomlink_nlp.claim.frames import Frame, FrameSet
from ecomlink_nlp.claim.metrics.lexicon import metric_rows, parse_metrics
from ecomlink_nlp.cli.output import Messages
from ecomlink_nlp.errors import EcomlinkError
from ecomlink_nlp.own_rules import OwnRules
from ecomlink_nlp.pipeline import Pipeline
from ecomlink_nlp.record.table import visible
from ecomlink_nlp.repair.translation.lexicon import shipped_rows
from ecomlink_nlp.repair.translation.own_rows import parse_artefacts
from ecomlink_nlp.segment.words import common_words
from ecomlink_nlp.tag.entities.parties import shipped_parties
from ecomlink_nlp.text.document import EventClaim

KINDS = ("parties", "artefacts", "frames", "metrics")
_MOST_SHOWN = 200


class LexiconError(EcomlinkError):
    """What was asked of the lexicons cannot be answered."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its kind, where it stands, its id, what it means and the words that it is found by."""

    kind: str
    origin: str
    id: str
    meaning: str
    words: tuple[str, ...]


def entries(own: OwnRules) -> Iterator[Entry]:
    """Yield all rows, packaged ones first within a kind."""
    for origin, parties in (
        ("", shipped_parties()),
        (own.lexicon.origin if own.lexicon else "", own.parties()),
    ):
        for party in parties:
            yield Entry("parties", origin, party.id, f"{party.name} ({party.type})", party.names)
    artefacts = [(name, row) for name, _, row in shipped_rows()]
    if own.artefacts:
        rows = parse_artefacts(own.artefacts.text, own.artefacts.origin)
        artefacts += [(own.artefacts.origin, row) for row in rows]
    for origin, row in artefacts:
        yield Entry(
            "artefacts", origin, row["id"], row["canonical"], tuple(filter(None, row["forms"].split("|")))
        )
    for origin, frames in (
        ("", FrameSet.default().frames),
        (own.frames.origin if own.frames else "", own.own_frames()),
    ):
        for frame in frames:
            for trigger in frame.triggers:
                yield Entry(
                    "frames", origin, f"{frame.predicate}.{trigger.id}", frame.predicate, trigger.words
                )
    metrics = [("metrics.toml", row) for row in metric_rows()]
    if own.metrics:
        metrics += [(own.metrics.origin, row) for row in parse_metrics(own.metrics.text, own.metrics.origin)]
    for origin, row in metrics:
        words = tuple(word for form in ("words", "nouns", "verbs") for word in row.get(form, ()))
        yield Entry("metrics", origin, row["id"], row["name"], words)


def list_rows(kinds: Sequence[str], own: OwnRules) -> None:
    """Print the rows of the kinds; without a kind, how many there are of each. Raises `LexiconError`."""
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise LexiconError(f"{unknown[0]!r} is no kind of row. Take one of {', '.join(KINDS)}.")
    if kinds:
        _print(
            ("kind", "id", "meaning", "words"),
            (_cells(entry) for entry in entries(own) if entry.kind in kinds),
        )
        return
    rows, words = Counter[str](), Counter[str]()
    for entry in entries(own):
        rows[entry.kind] += 1
        words[entry.kind] += len(entry.words)
    _print(("kind", "rows", "words"), ((kind, str(rows[kind]), str(words[kind])) for kind in KINDS))


def search(words: Sequence[str], own: OwnRules, messages: Messages) -> None:
    """Print the rows in which every one of the words stands, in any case. Raises `LexiconError` without a word."""
    if not words:
        raise LexiconError("nothing to search for. Give a word: ecomlink lexicon search 快手")
    wanted = [word.lower() for word in words]
    found = []
    for entry in entries(own):
        text = "\n".join((entry.id, entry.meaning, *entry.words)).lower()
        if all(word in text for word in wanted):
            found.append(entry)
    if not found:
        messages.note(f"{' '.join(words)}: no row has it. Rows of your own: ecomlink lexicon check --help")
        return
    _print(("kind", "id", "meaning", "words"), map(_cells, found[:_MOST_SHOWN]))
    if len(found) > _MOST_SHOWN:
        messages.note(f"{len(found) - _MOST_SHOWN} more rows; search for more words.")


def check(own: OwnRules, messages: Messages) -> None:
    """Say what the files add, and report names that others have and examples of frames that come out otherwise."""
    files = own.files()
    if not files:
        raise LexiconError("nothing to check. Give a file: --lexicon, --artefacts, --frames or --metrics")
    origins = {file.origin for file in files}
    counts = Counter((entry.origin, entry.kind) for entry in entries(own) if entry.origin in origins)
    for (origin, kind), count in counts.items():
        print(f"{visible(origin)}: {count} {kind if count != 1 else _ONE[kind]}, well-formed")
    known = {name: party for party in shipped_parties() for name in party.names}
    for party in own.parties():
        for name in party.names:
            other = known.get(name)
            if other is not None and other.id != party.id:
                messages.note(
                    f"{own.lexicon.origin if own.lexicon else ''}: row {party.id!r}: {name!r} is also a name of the "
                    f"packaged {other.name} ({other.id}). Take that id to replace it."
                )
    for note in _ordinary_words(own):
        messages.note(note)
    pipeline = own.pipeline()
    for frame in own.own_frames():
        for problem in example_problems(frame, pipeline):
            messages.error(f"{own.frames.origin if own.frames else ''}: frame {frame.predicate!r}: {problem}")


def _ordinary_words(own: OwnRules) -> Iterator[str]:
    """Yield a note for each name or form that stands in texts for something else as well, and has no condition."""
    words = common_words()
    for party in own.parties():
        conditioned = {alias for alias, _ in party.ambiguous}
        for name in party.names:
            if name not in conditioned and (len(name) == 1 or name in words):
                yield (
                    f"{own.lexicon.origin if own.lexicon else ''}: row {party.id!r}: {name!r} is also an ordinary word. "
                    f"Write {name}:context in the column ambiguous, unless it always means {party.name}."
                )
    for row in parse_artefacts(own.artefacts.text, own.artefacts.origin) if own.artefacts else ():
        for form in row["forms"].split("|"):
            if form in words and float(row["need"]) <= float(row["weight"]):
                yield (
                    f"{own.artefacts.origin if own.artefacts else ''}: row {row['id']!r}: {form!r} is also an ordinary "
                    "word. Give it a need above its weight, so that the text must show other damage too."
                )


_ONE = {"parties": "party", "artefacts": "artefact", "frames": "trigger", "metrics": "metric"}


def example_problems(frame: Frame, pipeline: Pipeline) -> Iterator[str]:
    """Yield what is wrong with the frame's examples: claims that they should give and do not, or the reverse."""
    for example in frame.examples:
        claims = pipeline.annotate(example.text).claims
        found = {
            written
            for claim in claims
            if isinstance(claim, EventClaim) and claim.predicate == frame.predicate
            for written in _written(claim)
        }
        wanted = set(example.claims)
        if found != wanted:
            gives = ", ".join(sorted(found)) or "no claim"
            yield f"the example {example.text!r} gives {gives}, not {', '.join(sorted(wanted)) or 'none'}."


def _written(claim: EventClaim) -> Iterator[str]:
    """As `data/frames/README.md` writes the claims of examples."""
    negation = "not " if claim.polarity == "negated" else ""
    status = "" if claim.status == "actual" else f" ({claim.status})"
    for name in claim.objects:
        yield f"{claim.subject} > {negation}{name}{status}"


def _cells(entry: Entry) -> tuple[str, ...]:
    return entry.kind, entry.id, entry.meaning, "|".join(entry.words)


def _print(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on a terminal, else TSV."""
    if not sys.stdout.isatty():
        for row in (head, *rows):
            print("\t".join(visible(cell) for cell in row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold")
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    Console().print(table)
