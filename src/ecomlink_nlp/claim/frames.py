"""Frames: what each event predicate looks like in text, read from ``data/frames/*.toml``.

A frame names the types that its subject and objects may have and lists triggers. A trigger is a set of words with
the construction that they take. ``data/frames/README.md`` explains every key to someone who reads Chinese and no
Python; the examples in the files run as tests.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import ahocorasick_rs

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.resources import parse_toml
from ecomlink_nlp.text.document import Polarity, Status
from ecomlink_nlp.text.lazy import LazyPattern
from ecomlink_nlp.text.light import light_dataclass

Construction = Literal[
    "active",
    "capability",
    "self",
    "reciprocal",
    "mutual",
    "content",
    "naming",
    "copular",
    "relation",
    "receive",
    "into",
    "suffer",
    "formerly",
    "replacement",
    "moved",
    "offered",
    "successor",
    "doer",
    "target",
    "new_owner",
    "told",
    "heeded",
    "obliged",
    "from_old",
]
PREDICATES = (
    "block_link",
    "restore_link",
    "partner",
    "end_partnership",
    "launch",
    "shut_down",
    "advertise",
    "rename",
    "sanction",
    "accuse",
    "require",
    "acquire",
    "invest",
)
_PREDICATE = re.compile(r"[a-z]+(?:_[a-z]+)*")
_TRIGGER_KEYS = frozenset(
    {
        "id",
        "words",
        "light",
        "construction",
        "markers",
        "needs",
        "without",
        "after",
        "polarity",
        "status",
        "described",
        "host_behind",
        "default",
        "elliptical",
        "contrast",
        "attributive",
        "objects",
    }
)
# A light verb stands at most this far before its noun (签署为期三年的独家配送合作协议), or behind it (限制已于本周一取消).
_LIGHT_REACH = 24
_LIGHT_BEHIND = 14
_BREAK = re.compile(r"[，。；;：:！!？?\n]|,(?!\d)")
_CLAUSE_END = re.compile(
    r"[了]?(?:$|[，,。；;！!？?\n”」]|[约近超逾上]?[\d一二三四五六七八九十百千万亿两数])"
)
_FRAME_KEYS = frozenset(
    {
        "predicate",
        "about",
        "subject",
        "objects",
        "markers",
        "described",
        "amount",
        "symmetric",
        "agentless",
        "trigger",
        "example",
    }
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that evoke a frame, and how its roles stand around them."""

    id: str
    words: tuple[str, ...]
    light: LazyPattern | None
    construction: Construction
    markers: frozenset[str]
    needs: LazyPattern | None
    without: LazyPattern | None
    after: LazyPattern | None
    polarity: Polarity
    status: Status | None
    described: LazyPattern | None
    host_behind: bool
    default: str | None
    elliptical: bool
    contrast: bool
    attributive: bool
    objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and the claims that it must give, written as ``subject [not] object``; empty for none."""

    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate with its triggers."""

    predicate: str
    subject: frozenset[str]
    objects: frozenset[str]
    amount: bool
    symmetric: bool
    agentless: bool
    triggers: tuple[Trigger, ...]
    examples: tuple[Example, ...]


@light_dataclass(frozen=True, slots=True)
class Hit:
    """A trigger's word in the text; of a light verb's noun (签署…协议) the verb, with the noun beside it."""

    start: int
    end: int
    frame: Frame
    trigger: Trigger
    noun: tuple[int, int] | None = None


def parse_frame(data: dict[str, Any], origin: str, *, checked: bool = True) -> Frame:
    """Build a frame from parsed TOML; ``origin`` names the file in errors.

    ``checked`` compiles the patterns at once, so that a wrong one is an error of its file and not of a text.
    """
    _check_keys(data, _FRAME_KEYS, origin)
    predicate = data.get("predicate")
    if not isinstance(predicate, str) or not _PREDICATE.fullmatch(predicate):
        raise ResourceError(
            f"{origin}: predicate {predicate!r} is no name of small letters, such as {', '.join(PREDICATES)}."
        )
    triggers = tuple(
        _trigger(row, data, f"{origin}, trigger {n}", checked)
        for n, row in enumerate(data.get("trigger", []), 1)
    )
    return Frame(
        predicate,
        frozenset(data["subject"]),
        frozenset(data["objects"]),
        bool(data.get("amount", False)),
        bool(data.get("symmetric", False)),
        bool(data.get("agentless", False)),
        triggers,
        tuple(Example(row["text"], tuple(row["claims"])) for row in data.get("example", [])),
    )


def _forms(word: str) -> list[str]:
    """A word with and without its optional particle: 终止(了)与."""
    if "(了)" not in word:
        return [word]
    return [word.replace("(了)", ""), word.replace("(了)", "了")]


def _check_keys(row: dict[str, Any], known: frozenset[str], where: str) -> None:
    if unknown := set(row) - known:
        raise ResourceError(
            f"{where}: unknown key {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}."
        )


def _trigger(row: dict[str, Any], frame: dict[str, Any], where: str, checked: bool) -> Trigger:
    _check_keys(row, _TRIGGER_KEYS, where)
    if not row.get("id") or not row.get("words"):
        raise ResourceError(f"{where}: a trigger needs an id and words.")
    construction = row.get("construction", "active")
    if construction not in get_args(Construction):
        raise ResourceError(
            f"{where}: construction {construction!r} is none of {', '.join(get_args(Construction))}."
        )

    def pattern(key: str, fallback: str | None = None) -> LazyPattern | None:
        source = row.get(key, fallback)
        if source is None:
            return None
        lazy = LazyPattern(source)
        if checked:
            try:
                lazy.compile()
            except re.error as error:
                raise ResourceError(f"{where}: {key} is no regular expression: {error}.") from error
        return lazy

    light = row.get("light")
    return Trigger(
        row["id"],
        tuple(form for word in row["words"] for form in _forms(word)),
        LazyPattern("|".join(map(re.escape, sorted(light, key=len, reverse=True)))) if light else None,
        construction,
        frozenset(row.get("markers", frame.get("markers", []))),
        pattern("needs"),
        pattern("without"),
        pattern("after"),
        row.get("polarity", "affirmed"),
        row.get("status"),
        pattern("described", frame.get("described")),
        bool(row.get("host_behind", False)),
        row.get("default"),
        bool(row.get("elliptical", False)),
        bool(row.get("contrast", False)),
        bool(row.get("attributive", False)),
        frozenset(row.get("objects", frame.get("objects", []))),
    )


class FrameSet:
    """All frames, with one automaton over their triggers' words.

    >>> [(hit.frame.predicate, hit.trigger.id) for hit in FrameSet.default().hits("毒更名为得物")][:1]
    [('rename', 'rename')]
    """

    def __init__(self, frames: Iterable[Frame]) -> None:
        self.frames = tuple(frames)
        self._by_word: dict[str, list[tuple[Frame, Trigger]]] = {}
        seen: set[str] = set()
        for frame in self.frames:
            for trigger in frame.triggers:
                key = f"{frame.predicate}.{trigger.id}"
                if key in seen:
                    raise ResourceError(
                        f"frame {frame.predicate}: the trigger id {trigger.id!r} stands twice."
                    )
                seen.add(key)
                for word in trigger.words:
                    self._by_word.setdefault(word, []).append((frame, trigger))
        self._words = list(self._by_word)
        self._automaton = ahocorasick_rs.AhoCorasick(self._words)

    @staticmethod
    @cache
    def default() -> "FrameSet":
        """The packaged frames."""
        folder = files("ecomlink_nlp") / "data" / "frames"
        return FrameSet(
            parse_frame(
                parse_toml((folder / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml"),
                name,
                checked=False,
            )
            for name in PREDICATES
        )

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield all triggers' words in ``text``, overlapping ones too, leftmost first and then longest first.

        A noun that needs a light verb (签署…协议) is a hit at its verb, since the roles stand around that.
        """
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            for frame, trigger in self._by_word[self._words[index]]:
                if trigger.light is None:
                    found.append(Hit(start, end, frame, trigger))
                elif verb := _light_verb(trigger.light, text, start, end):
                    found.append(Hit(*verb, frame, trigger, (start, end)))
        # 接下了 is no longer than 接下…配送, which comes first
        return iter(
            sorted(
                found, key=lambda hit: (hit.start, (text[hit.end - 1] == "了") - hit.end, hit.noun is None)
            )
        )


def _light_verb(light: LazyPattern, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The light verb of the noun at ``[start, end)``: the nearest before it in its clause, else right behind it."""
    nearest = None
    for match in light.finditer(text, max(0, start - _LIGHT_REACH), start):
        if not _BREAK.search(text, match.end(), start):
            nearest = match.span()
    if nearest is not None:
        return nearest
    behind = light.search(text, end, end + _LIGHT_BEHIND)
    if behind is None or _BREAK.search(text, end, behind.start()):
        return None
    return behind.span() if _CLAUSE_END.match(text, behind.end()) else None
