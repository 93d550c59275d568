"""brat stand-off: writing documents for correction, and reading the corrected ones back as gold.

Every annotation is a text-bound one with its normal form as note. A claim is an event whose trigger is its first
evidence, whose arguments are the mentions there that fill it, and whose note holds its other fields as JSON. Format:
https://brat.nlplab.org/standoff.html (offsets in code points; a span must not run over the end of a line, so such a
span is written in fragments; white space at its ends stands in a note of type ``ExactSpan``).
"""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

from ecomlink_nlp.errors import FormatError
from ecomlink_nlp.record.gold_form import (
    LABELS,
    Gold,
    annotation,
    completed_claim,
    golds_of,
    label_of,
    normal_form,
    ordered,
)
from ecomlink_nlp.record.models import DocumentRecord, Predicate

_EVENTS = (*get_args(Predicate), "metric", "statement")
_ROLES = {"subject": "Subject", "speaker": "Speaker", "objects": "Object"}
_ATTRIBUTES = {
    "Negated": ("polarity", "negated"),
    "Planned": ("status", "planned"),
    "Possible": ("status", "possible"),
}
_SAID_BY_EVENT = {"kind", "predicate", "polarity", "status"}
_EXACT = "ExactSpan"
_DATES = "dates.tsv"
_CONFIGURATION = "annotation.conf"


def write_brat(records: Iterable[DocumentRecord], directory: Path) -> None:
    """Write each record as a text with its ``.ann`` file, and the configuration that brat needs to show them.

    Raises `FormatError` for a document without a usable name and for two of one name.
    """
    write_brat_gold(golds_of(records), directory)


def write_brat_gold(documents: Iterable[tuple[Gold, str]], directory: Path) -> None:
    """Write gold documents with their texts; see `write_brat`."""
    directory.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    events = dict.fromkeys(_EVENTS)
    with (directory / _DATES).open("w", encoding="utf-8", newline="") as dates:
        for gold, raw in documents:
            stem = Path(gold["doc"]).stem
            if not stem or stem in seen:
                raise FormatError(
                    f"document {gold['doc']!r}: brat needs a file name of its own for each document"
                )
            seen.add(stem)
            (directory / f"{stem}.txt").write_text(raw, "utf-8", newline="")
            (directory / f"{stem}.ann").write_text(standoff(gold, raw), "utf-8", newline="")
            dates.write(f"{stem}\t{gold['date'] or ''}\n")
            events |= {claim["predicate"]: None for claim in gold["claims"] if claim["kind"] == "event"}
    (directory / _CONFIGURATION).write_text(_configuration(events), "utf-8")


def read_brat(directory: Path) -> Iterator[tuple[Gold, str]]:
    """Yield each document of a directory as gold with its text, in order of their names.

    Raises `FormatError`, naming file and line, for what is no stand-off or has an unknown label.
    """
    dates_path = directory / _DATES
    lines = dates_path.read_text("utf-8").split("\n") if dates_path.is_file() else []
    dates = dict(line.partition("\t")[::2] for line in lines)
    paths = sorted(directory.glob("*.ann"))
    if not paths:
        raise FormatError(
            f"{directory}: no .ann files there. Name the folder that brat wrote them to, or a JSON export."
        )
    events = frozenset((*_EVENTS, *_own_events(directory / _CONFIGURATION)))
    for path in paths:
        text = path.with_suffix(".txt")
        try:
            raw = text.read_bytes().decode("utf-8")
            lines = path.read_bytes().decode("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise FormatError(f"{path}: it or its text {text.name} cannot be read: {error}") from error
        gold = _Reader(str(path), raw, events).read(lines)
        yield {"doc": text.name, "date": dates.get(path.stem) or None, **ordered(gold)}, raw


def _own_events(path: Path) -> Iterator[str]:
    """The events that the folder's configuration declares, among them those of a user's own frames."""
    section = ""
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        if line.startswith("["):
            section = line.strip()
        elif section == "[events]" and line.strip():
            yield line.split()[0]


def standoff(gold: Gold, raw: str) -> str:
    """Return the content of an ``.ann`` file.

    >>> entity = {"start": 0, "end": 7, "text": "Tik Tok", "type": "PLATFORM", "name": "抖音"}
    >>> standoff({"repairs": [], "entities": [entity], "values": [], "times": [], "claims": []}, "Tik Tok")
    'T1\\tPLATFORM 0 7\\tTik Tok\\n#1\\tAnnotatorNotes T1\\t抖音\\n'
    """
    lines: list[str] = []
    number = notes = attributes = 0
    mentions: list[tuple[int, int, str, str]] = []
    for layer in ("repairs", "entities", "values", "times"):
        for item in gold[layer]:
            number += 1
            start, end = item["start"], item["end"]
            lines.append(f"T{number}\t{_bound(label_of(layer, item), start, end, raw)}")
            if exact := _exact_note(f"T{number}", start, end, raw):
                notes += 1
                lines.append(f"#{notes}\t{exact}")
            if note := normal_form(layer, item):
                notes += 1
                lines.append(f"#{notes}\tAnnotatorNotes T{number}\t{note}")
            if layer == "entities":
                mentions.append((start, end, item["name"], f"T{number}"))
    for event, claim in enumerate(gold["claims"], 1):
        number += 1
        kind = claim["predicate"] if claim["kind"] == "event" else claim["kind"]
        start, end = claim["evidence"][0]
        lines.append(f"T{number}\t{_bound(kind, start, end, raw)}")
        if exact := _exact_note(f"T{number}", start, end, raw):
            notes += 1
            lines.append(f"#{notes}\t{exact}")
        inside = {name: mention for s, e, name, mention in reversed(mentions) if start <= s and e <= end}
        links, rest = _linked(claim, inside)
        lines.append(f"E{event}\t{kind}:T{number}{links}")
        for attribute, (key, value) in _ATTRIBUTES.items():
            if claim[key] == value:
                attributes += 1
                lines.append(f"A{attributes}\t{attribute} E{event}")
        notes += 1
        lines.append(f"#{notes}\tAnnotatorNotes E{event}\t{json.dumps(rest, ensure_ascii=False)}")
    return "".join(line + "\n" for line in lines)


def _linked(claim: dict[str, Any], mentions: dict[str, str]) -> tuple[str, dict[str, Any]]:
    """Return the arguments of a claim's event, and for its note the fields that the event does not say.

    A name that a mention fills is null in the note, so that it is written in one place only. brat numbers repeated
    roles.
    """
    rest = {key: value for key, value in claim.items() if key not in _SAID_BY_EVENT}
    rest["evidence"] = claim["evidence"][1:]
    links = ""
    for key, role in _ROLES.items():
        names = claim.get(key) if key == "objects" else [claim[key]] if key in claim else []
        places = [mentions.get(name) for name in names or []]
        linked = [place for place in places if place]
        links += "".join(
            f" {role}{number if number > 1 else ''}:{place}" for number, place in enumerate(linked, 1)
        )
        if linked:
            kept = [None if place else name for name, place in zip(names or [], places, strict=True)]
            rest[key] = kept if key == "objects" else None
    return links, rest


def _bound(label: str, start: int, end: int, raw: str) -> str:
    start, end = _shown(start, end, raw)
    fragments = [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", raw[start:end])] or [
        (start, end)
    ]
    places = ";".join(f"{s} {e}" for s, e in fragments)
    return f"{label} {places}\t" + " ".join(re.sub(r"[\n\t\r]", " ", raw[s:e]) for s, e in fragments)


def _exact_note(key: str, start: int, end: int, raw: str) -> str | None:
    return f"{_EXACT} {key}\t{start} {end}" if (start, end) != _shown(start, end, raw) else None


def _shown(start: int, end: int, raw: str) -> tuple[int, int]:
    """Return the span without white space at its ends, which brat's readers cut off; of nothing but white space,
    the nearest visible character.

    >>> _shown(1, 3, "a b"), _shown(1, 2, "a b"), _shown(1, 2, "a ")
    ((2, 3), (2, 3), (0, 1))
    """
    words = raw[start:end]
    if words.strip():
        return end - len(words.lstrip()), start + len(words.rstrip())
    if found := re.compile(r"\S").search(raw, end):
        return found.span()
    before = len(raw[:start].rstrip())
    if before:
        return before - 1, before
    # Nothing is visible in the whole text: fragments leave out line ends, so those at the ends go here too.
    inner = words.strip("\n")
    return (start + words.index(inner), start + words.index(inner) + len(inner)) if inner else (start, end)


def _configuration(names: Iterable[str]) -> str:
    """Return what brat needs to know; ``names`` are those of the events, also of a user's own frames."""
    layers = "".join(f"{label}\n" for label in LABELS)
    roles = ", ".join(f"{role}{'*' if key == 'objects' else '?'}:<ENTITY>" for key, role in _ROLES.items())
    events = "".join(f"{name}\t{roles}\n" for name in names)
    attributes = "".join(f"{name}\tArg:<EVENT>\n" for name in _ATTRIBUTES)
    return f"[entities]\n{layers}[relations]\n[events]\n{events}[attributes]\n{attributes}"


class _Reader:
    """One ``.ann`` file; events come after the mentions that they name, so it is read in two passes."""

    def __init__(self, path: str, raw: str, known: frozenset[str]) -> None:
        self.path, self.raw, self.known = path, raw, known
        self.spans: dict[str, tuple[str, int, int]] = {}
        self.notes: dict[str, str] = {}
        self.exact: dict[str, tuple[int, int]] = {}
        self.events: dict[str, list[str]] = {}
        self.attributes: dict[str, list[str]] = {}

    def read(self, lines: list[str]) -> Gold:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    self._line(line)
                except (ValueError, IndexError) as error:
                    raise FormatError(f"{self.path}:{number}: no brat stand-off: {line!r}") from error
        gold: Gold = {layer: [] for layer in ("repairs", "entities", "values", "times")}
        names: dict[str, str] = {}
        for key in self.spans:
            label, start, end = self._span(key)
            if label in self.known:
                continue  # the trigger of a claim, or what is left of one that an annotator took back
            try:
                layer, item = annotation(label, start, end, self.raw, self.notes.get(key, ""))
            except FormatError as error:
                raise FormatError(f"{self.path}: {key}: {error}") from error
            gold[layer].append(item)
            if layer == "entities":
                names[key] = item["name"]
        gold["claims"] = [self._claim(key, parts, names) for key, parts in self.events.items()]
        return gold

    def _line(self, line: str) -> None:
        key, rest, *more = line.rstrip("\r").split("\t", 2)
        words = rest.split(" ")
        if key[0] == "T":
            places = [int(place) for place in re.split(r"[ ;]", rest.partition(" ")[2])]
            if not 0 <= min(places) < max(places) <= len(self.raw):
                raise ValueError(line)
            self.spans[key] = (words[0], min(places), max(places))
        elif key[0] == "E":
            self.events[key] = words
        elif key[0] in "AM":
            self.attributes.setdefault(words[1], []).append(words[0])
        elif key[0] == "#" and words[0] == "AnnotatorNotes":
            self.notes[words[1]] = more[0] if more else ""
        elif key[0] == "#" and words[0] == _EXACT:
            exact_start, exact_end = map(int, more[0].split(" "))
            self.exact[words[1]] = (exact_start, exact_end)

    def _span(self, key: str) -> tuple[str, int, int]:
        label, start, end = self.spans[key]
        exact = self.exact.get(key)
        # Where the two differ in more than white space, an annotator has moved the span.
        if exact and 0 <= exact[0] < exact[1] and _shown(*exact, self.raw) == (start, end):
            return (label, *exact)
        return label, start, end

    def _claim(self, key: str, parts: list[str], names: dict[str, str]) -> dict[str, Any]:
        kind, _, trigger = parts[0].partition(":")
        try:
            claim: dict[str, Any] = json.loads(self.notes.get(key) or "{}")
            _, start, end = self._span(trigger)
            links = [part.partition(":") for part in parts[1:] if part]
            filled = [(role.rstrip("0123456789"), names[mention]) for role, _, mention in links]
        except (KeyError, ValueError) as error:
            raise FormatError(
                f"{self.path}: {key}: its note is no JSON, or it names what is not there: {error}"
            ) from error
        claim["kind"] = kind if kind in ("metric", "statement") else "event"
        if claim["kind"] == "event":
            claim["predicate"] = kind
            claim.setdefault("subject", None)
        claim["evidence"] = [[start, end], *claim.get("evidence", [])]
        claim["polarity"], claim["status"] = "affirmed", "actual"
        for attribute in self.attributes.get(key, []):
            if attribute in _ATTRIBUTES:
                field, value = _ATTRIBUTES[attribute]
                claim[field] = value
        for field in ("source", "time"):
            claim.setdefault(field, None)
        claim |= {key: name for key in ("subject", "speaker") for role, name in filled if role == _ROLES[key]}
        if claim["kind"] == "event":
            linked = iter([name for role, name in filled if role == _ROLES["objects"]])
            named = [next(linked, None) if name is None else name for name in claim.get("objects", [])]
            claim["objects"] = [name for name in [*named, *linked] if name is not None]
        try:
            return completed_claim(claim)
        except FormatError as error:
            raise FormatError(f"{self.path}: {key}: {error}") from error
