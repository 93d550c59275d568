"""Partial dates: everything that the words of one expression say, before any of it is resolved.

Adjacent atoms join from coarse to fine: 去年 | 11月 | 15日 | 晚 | 8点 is one expression, 昨日 | 12日 two. Two
expressions with 到, 至 or a dash between them are the ends of a range.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from ecomlink_nlp.tag.times.eras import year_of_era
from ecomlink_nlp.tag.times.grammar import Atom, pattern
from ecomlink_nlp.text.light import light_dataclass

RANKS = {
    "decade": 0, "odd": 0, "duration": 0, "english": 0,
    "fiscal_year": 1, "year": 1, "festival": 6,
    "half": 2, "quarter": 2, "fiscal_quarter": 2, "season": 2, "same_period": 5, "portion": 3, "inner_portion": 4.2,
    "edge_of_year": 4, "within_year": 4, "month": 4, "first_month": 4, "edge_of_month": 4.5, "edge": 4.6,
    "week": 5, "nth_week": 5, "weekend": 6, "nth_weekday": 6, "nth_day": 6, "date": 6, "day": 6, "weekday": 7,
    "part": 8, "clock": 9,
}  # fmt: skip
_SHIFT_RANKS = {
    "year": 1, "year_pair": 1, "fiscal_year": 1, "fiscal_quarter": 2, "half": 2, "quarter": 2, "spring": 2, "summer": 2, "autumn": 2, "winter": 2,
    "month": 4, "week": 5, "day": 6, "day_pair": 6, "now": 9,
}  # fmt: skip
_STARTS_ANEW = frozenset({"decade", "odd", "duration", "english", "fiscal_year", "year"})
_NEEDS_BASE = frozenset({"edge", "nth_week", "nth_weekday", "nth_day", "first_month"})
_GAP = re.compile(r"[ \u00a0\u3000]*")
_GAP_OF = re.compile(r"[ \u00a0\u3000]*的?")
_GAP_BRACKET = re.compile(r"[(（]?")
_AFTER_OF = frozenset(
    {
        "nth_week",
        "nth_weekday",
        "nth_day",
        "quarter",
        "half",
        "season",
        "portion",
        "inner_portion",
        "month",
        "clock",
        "festival",
    }
)
_BETWEEN = re.compile("[与和]")
_AFTER_BETWEEN = re.compile("之间|期间")
_RANGE = re.compile(r"[ \u00a0]*(?:-{1,2}|[–—―]{1,2}|[~～]|到|至|直到)[ \u00a0]*(?![ \u00a0])")


@light_dataclass(frozen=True, slots=True)
class Shift:
    """``offset`` units from the document's date (deictic) or from the time spoken of (anaphoric)."""

    unit: str
    offset: int
    anchor: str


@dataclass(slots=True)
class PartialDate:
    """What one expression says. None is not said; ``until`` is the other end of a range."""

    start: int
    end: int
    shifts: list[Shift] = field(default_factory=list)
    year: int | None = None
    year_to: int | None = None
    yy: int | None = None
    century: int | str | None = None
    decade: int | None = None
    fiscal: bool = False
    half: int | None = None
    quarter: int | None = None
    quarter_to: int | None = None
    season: str | None = None
    month: int | str | None = None
    month_to: int | None = None
    portion: int | None = None
    portion_unit: str | None = None
    side: str | None = None
    week: str | None = None
    nth_week: int | None = None
    weekend: bool = False
    weekday: str | None = None
    nth: int | None = None
    nth_last: bool = False
    nth_day: int | None = None
    lunar: int | None = None
    day: int | None = None
    day_to: int | None = None
    part: str | None = None
    hour: int | None = None
    hour_from: int | None = None
    minute: int | None = None
    second: int | None = None
    pm: str | None = None
    edge: str | None = None
    of_year: bool = False
    of_month: bool = False
    within_year: bool = False
    same_period: bool = False
    festival: str | None = None
    odd: str | None = None
    is_duration: bool = False
    until: "PartialDate | None" = None
    kinds: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    @property
    def rule(self) -> str:
        """The ids of the rules that found it, in order."""
        own = "+".join(self.rules)
        return own if self.until is None else f"{own}..{self.until.rule}"

    @property
    def has_clock(self) -> bool:
        """Whether it names a moment on the clock."""
        return self.hour is not None

    @property
    def is_edge_of_year(self) -> bool:
        """Whether it is the beginning or end of a year: 年初, 2021年底."""
        finer = (
            self.month
            or self.quarter
            or self.half
            or self.season
            or self.decade
            or self.century
            or self.of_month
        )
        return self.edge in ("START", "END") and not finer and all(s.unit == "year" for s in self.shifts)

    def shift(self, *units: str) -> Shift | None:
        """The shift by one of these units, if there is one."""
        return next((shift for shift in self.shifts if shift.unit in units), None)

    def add(self, atom: Atom) -> None:
        """Take in what an atom says."""
        self.end = atom.end
        self.kinds.append(atom.kind)
        self.rules.append(atom.rule)
        said = dict(atom.fields)
        if atom.kind == "shift":
            self.shifts.append(Shift(said.pop("unit"), said.pop("offset"), said.pop("anchor")))
        elif atom.kind == "english":
            self.shifts.append(Shift(said.pop("shift_unit"), said.pop("shift"), "deictic"))
        elif atom.kind == "clock":
            half, quarter = said.pop("half_hour", None), said.pop("quarter", None)
            said["minute"] = 30 if half else quarter * 15 if quarter else said.get("minute")
            if said.get("part") is None:
                said.pop("part", None)
        if (first_years := said.pop("century_first", None)) is not None:
            said["century"] = first_years + 1  # the 1990s lie in the 20th century
        if (republic := said.pop("roc", None)) is not None:
            said["year"] = republic + 1911  # Taiwan counts from the founding of the Republic
        if (era := said.pop("era", None)) is not None:
            said["year"] = year_of_era(era, said.pop("era_year"))
        if (back := said.pop("years_ago", None)) is not None:
            self.shifts.append(Shift("year", -back, "deictic"))
            if said.pop("today", None):
                self.shifts.append(Shift("day", 0, "deictic"))
        self.fiscal = (
            self.fiscal or "fiscal" in atom.kind or str(atom.fields.get("unit")).startswith("fiscal")
        )
        self.of_year = self.of_year or atom.kind in ("edge_of_year", "within_year")
        self.of_month = self.of_month or atom.kind == "edge_of_month"
        self.within_year = self.within_year or atom.kind == "within_year"
        self.weekend = self.weekend or atom.kind == "weekend"
        self.same_period = self.same_period or atom.kind == "same_period"
        self.is_duration = self.is_duration or atom.kind == "duration"
        for name, value in said.items():
            if name in _NAMES:
                setattr(self, name, bool(value) if name == "nth_last" else value)


_NAMES = frozenset(item.name for item in fields(PartialDate))


def _rank(atom: Atom) -> float:
    if atom.kind == "shift":
        return _SHIFT_RANKS[atom.fields["unit"]]
    if atom.kind == "date" and "year" not in atom.fields:
        return 4 if "month" in atom.fields else 6
    return RANKS[atom.kind]


def _end_rank(atom: Atom) -> float:
    """The rank of the finest thing that the atom says: what comes after must be finer."""
    if atom.fields.get("part") and atom.kind == "shift":
        return 8
    if atom.kind == "date":
        return 6 if "day" in atom.fields else 4
    if atom.kind in ("duration", "odd", "english", "same_period"):
        return 7.5 if atom.kind in ("odd", "same_period") else 99
    return _rank(atom)


def _joins(text: str, before: Atom, atom: Atom) -> bool:
    """Whether the atom goes on with the expression that the one before it ends."""
    if _repeats_day(before, atom):
        return True
    if atom.kind in _STARTS_ANEW or "year" in atom.fields or _rank(atom) <= _end_rank(before):
        return False
    gap = text[before.end : atom.start]
    if not gap:
        return True
    if atom.kind == "edge":
        return False
    if atom.kind == "weekday" and before.kind in ("date", "day"):
        return bool(_GAP_BRACKET.fullmatch(gap) or _GAP.fullmatch(gap))
    if atom.kind in _AFTER_OF or before.rule == "years_ago":  # 三年前的8月15日
        return bool(_GAP_OF.fullmatch(gap))
    if before.kind == "weekday" and atom.kind in ("part", "clock") and gap in ("）", ")"):
        return True  # 8月20日（周二）上午
    return bool(_GAP.fullmatch(gap))


def _repeats_day(before: Atom, atom: Atom) -> bool:
    """6月18日当天, 11月10日当晚: the word adds nothing to the day but the part of it."""
    return (
        atom.kind == "shift"
        and (atom.fields["unit"], atom.fields["offset"], atom.fields["anchor"]) == ("day", 0, "anaphoric")
        and before.end == atom.start
        and before.kind in ("date", "day")
        and "day" in before.fields
    )


def partial_dates(text: str, atoms: Iterable[Atom]) -> Iterator[PartialDate]:
    """Join the atoms of ``text`` into expressions, and pairs of these into ranges."""
    current: PartialDate | None = None
    held: PartialDate | None = None
    last: Atom | None = None
    for atom in atoms:
        if current is not None and last is not None and _joins(text, last, atom):
            current.add(atom)
            if (
                atom.kind == "weekday"
                and text[atom.start - 1] in "(（"
                and text[atom.end : atom.end + 1] in ("）", ")")
            ):
                current.end += 1
            last = atom
            continue
        if atom.kind in _NEEDS_BASE:
            # Alone it says nothing; what was read so far can still not go on past it.
            continue
        if current is not None:
            if held is not None and not _makes_range(text, held, current):
                yield held
                held = None
            held = held or current
        current = PartialDate(atom.start, atom.end)
        current.add(atom)
        last = atom
    if current is not None:
        if held is not None and not _makes_range(text, held, current):
            yield held
            held = None
        held = held or current
    if held is not None:
        yield held


def _makes_range(text: str, held: PartialDate, current: PartialDate) -> bool:
    """Make ``current`` the other end of the held expression where a range stands."""
    if held.until is not None or not _can_range(held, current):
        return False
    gap = text[held.end : current.start]
    if not _RANGE.fullmatch(gap) and not (
        _BETWEEN.fullmatch(gap) and _AFTER_BETWEEN.match(text, current.end)
    ):
        return False
    held.until, held.end = current, current.end
    return True


def _can_range(first: PartialDate, last: PartialDate) -> bool:
    return not (first.is_duration or last.is_duration or first.same_period or last.same_period)


def suffix(text: str, end: int, name: str) -> re.Match[str] | None:
    """The modifier of that name right after ``end``, if it stands there."""
    return pattern("modifiers", name).match(text, end)
