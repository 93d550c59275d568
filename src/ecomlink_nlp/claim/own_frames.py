"""A user's own frames: checked key by key, so that a slip is named and not met in some later text."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from ecomlink_nlp.claim.frames import Frame, FrameSet, parse_frame
from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.resources import parse_toml
from ecomlink_nlp.text.document import Polarity, Status

_FILLERS = ("PLATFORM", "ORG", "PRODUCT", "PERSON", "LOC", "EVENT", "WORK", "group")
_LISTS = ("subject", "objects", "markers", "words", "light", "claims")
_TEXTS = ("about", "described", "needs", "without", "after", "default", "text")
_SWITCHES = ("amount", "symmetric", "agentless", "host_behind", "elliptical")


def parse_frames(text: str, origin: str) -> tuple[Frame, ...]:
    """Parse the TOML text of a frame, or of several under ``[[frame]]``; ``origin`` names the file in errors.

    ``data/frames/README.md`` explains the keys. A frame of a packaged predicate adds to it, one of another name makes a
    new predicate. Raises `ResourceError` naming frame, trigger and key.

    >>> text = '''predicate = "praise"
    ... subject = ["ORG", "PLATFORM"]
    ... objects = ["PRODUCT"]
    ... [[trigger]]
    ... id = "praise"
    ... words = ["夸赞"]'''
    >>> [(frame.predicate, frame.triggers[0].words) for frame in parse_frames(text, "own.toml")]
    [('praise', ('夸赞',))]
    >>> parse_frames(text.replace('["夸赞"]', '"夸赞"'), "own.toml")
    Traceback (most recent call last):
    ...
    ecomlink_nlp.errors.ResourceError: own.toml: frame 'praise', trigger 1 'praise': words is no list of texts, \
such as words = ["…"].
    """
    data = parse_toml(text, origin)
    tables = data["frame"] if isinstance(data.get("frame"), list) and set(data) == {"frame"} else [data]
    return tuple(_frame(table, origin) for table in tables)


def extended(own: tuple[Frame, ...]) -> FrameSet:
    """Return the packaged frames with a user's own; raises `ResourceError` where a trigger's id stands twice."""
    return FrameSet((*FrameSet.default().frames, *own))


def _frame(table: Mapping[str, Any], origin: str) -> Frame:
    where = f"{origin}: frame {table.get('predicate')!r}"
    for row, place in _rows(table, where):
        for problem in _problems(row):
            raise ResourceError(f"{place}: {problem}.")
    for key in ("predicate", "subject", "objects", "trigger"):
        if not table.get(key):
            raise ResourceError(
                f"{where}: {key} is missing; see `ecomlink lexicon list frames` for the packaged ones."
            )
    return parse_frame(dict(table), where)


def _rows(table: Mapping[str, Any], where: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    yield table, where
    for kind, name in (("trigger", "id"), ("example", "text")):
        rows = table.get(kind, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise ResourceError(f"{where}: {kind} is no list of rows; write each as [[{kind}]].")
        for number, row in enumerate(rows, 1):
            place = f"{where}, {kind} {number} {row.get(name)!r}"
            if kind == "example" and not ("text" in row and "claims" in row):
                raise ResourceError(f"{place}: an example needs a text and claims.")
            yield row, place


def _problems(row: Mapping[str, Any]) -> Iterator[str]:
    for key in _LISTS:
        cells = row.get(key, [])
        if not isinstance(cells, list) or not all(isinstance(cell, str) and cell.strip() for cell in cells):
            yield f'{key} is no list of texts, such as {key} = ["…"]'
    for key in ("subject", "objects"):
        for cell in row.get(key, []):
            if cell not in _FILLERS:
                yield f"{key} {cell!r} is none of {', '.join(_FILLERS)}"
    for key in _TEXTS:
        if not isinstance(row.get(key, ""), str):
            yield f"{key} is no text"
    for key in _SWITCHES:
        if not isinstance(row.get(key, False), bool):
            yield f"{key} {row[key]!r} is not true or false"
    for key, allowed in (("polarity", get_args(Polarity)), ("status", get_args(Status))):
        if key in row and row[key] not in allowed:
            yield f"{key} {row[key]!r} is none of {', '.join(allowed)}"
