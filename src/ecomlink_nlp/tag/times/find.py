"""Finds time expressions in a repaired text and resolves them.

>>> [(time.timex, time.mod) for time in find_times("2022年3月1日起,快手不再接入;去年11月,…历时38.9小时。", "2022-02")]
[('2022-03-01', 'START'), ('2021-11', None), ('PT38.9H', None)]
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Literal

from ecomlink_nlp.tag.times.anaphora import counted, span_until
from ecomlink_nlp.tag.times.context import Context, Reference, Unresolved
from ecomlink_nlp.tag.times.duration import Duration, beside, parse_duration, split_prefix
from ecomlink_nlp.tag.times.grammar import Atom, atoms_of, before_pattern, narrow, pattern
from ecomlink_nlp.tag.times.intervals import Interval, interval_of
from ecomlink_nlp.tag.times.memory import Anchor, Festival
from ecomlink_nlp.tag.times.messages import around_now
from ecomlink_nlp.tag.times.partial import PartialDate, partial_dates, suffix
from ecomlink_nlp.tag.times.period import iso
from ecomlink_nlp.tag.times.resolve import Resolver
from ecomlink_nlp.text.document import Entity, Time

Genre = Literal["article", "message"]
_HUNDREDS = re.compile(r"[百千万亿]")
_SHORT_RECENT = re.compile(r"[半两几]")
_COMPARED = re.compile(r"(?:比|较|相较|相比|对照|与|和|同)(?:于|着)?[ \u00a0]*$")
_WORKING_DAYS = re.compile("工作|交易")  # which days these are, a calendar of holidays would have to tell
_SHORT_YEAR = re.compile(r"(\d{2,3})年")
_REPUBLIC, _REPUBLIC_FOUNDED = "民国", 1911
_AFTER_LENGTH = re.compile("[多来间里内前后的以之半]")
_LOOK_BACK = 8
_A_LITTLE = frozenset({"晚一点", "早一点"})
_LISTED = re.compile("[、和及与或]")
_POINTS_BACK = frozenset("，,。；;：:！？、“” \n在从自就于到是也而正的")
_BESIDE = {"上": -1, "前": -1, "下": 1}
_CLOCK_AFTER = frozenset("在于到至从")


def find_times(
    text: str, date: str | None, *, entities: Sequence[Entity] = (), genre: Genre = "article"
) -> list[Time]:
    """Return the time expressions of ``text``, sorted and disjoint, resolved against ``date``.

    ``date`` is the document's date, a partial ISO date (``2022-02``) or None: then only what is absolute or
    follows from the text itself is resolved, and the rest has ``X`` in the unknown places. ``entities`` (sorted)
    keep the digits of names apart and tell whose fiscal year is meant. An article looks back: a bare 周三 is the
    last one, and festivals are events. A message (``genre``) looks ahead: it is the next one, and festivals and words for
    now are times too.

    >>> find_times("次日,微信回应。", None)
    []
    """
    text = narrow(text)
    finder = _Finder(text, Reference.parse(date), entities, genre)
    atoms = finder.own_atoms(atoms_of(text))
    times: list[Time] = []
    for partial in partial_dates(text, atoms):
        time = finder.time(partial)
        # 三年前 may reach into what comes next (前三季度): the earlier one keeps its 前.
        if time is not None and (not times or times[-1].end <= time.start):
            times.append(time)
    return times


def _edge(partial: PartialDate) -> str | None:
    """The edge that is left to say: that of a year at the end of a range is a month already."""
    last = partial.until or partial
    return None if partial.until is not None and last.is_edge_of_year else last.edge


class _Finder:
    """One run over one text."""

    def __init__(
        self, text: str, reference: Reference | None, entities: Sequence[Entity], genre: Genre
    ) -> None:
        self.text = text
        self.reference = reference
        self.entities = entities
        self.message = genre == "message"
        self.context = Context(text, reference, entities, looks_ahead=self.message)
        self.resolver = Resolver(self.context)
        self.memory = self.context.memory
        self.recurring_end = -1

    def own_atoms(self, atoms: Iterable[Atom]) -> Iterator[Atom]:
        """Leave out atoms that share characters with a name; festivals may be names themselves."""
        index = 0
        for atom in atoms:
            while index < len(self.entities) and self.entities[index].end <= atom.start:
                index += 1
            inside = index < len(self.entities) and self.entities[index].start < atom.end
            if atom.kind == "festival" and not self.message:
                self.memory.festivals.append(Festival(atom.start, atom.end, atom.fields["festival"]))
            elif not inside and (self.message or atom.fields.get("anchor") != "message"):
                yield atom

    def time(self, partial: PartialDate) -> Time | None:
        """The annotation of one expression, or None where it is none that the guide annotates."""
        if partial.is_duration or self._counts_days(partial):
            return self._duration(partial)
        if self._recurs(partial):
            self.recurring_end = partial.end
            return None
        if partial.kinds == ["inner_portion"]:
            return self._bare_portion(partial)
        if not self._is_annotated(partial):
            return None
        return self._date(partial)

    # Dates.

    def _is_annotated(self, partial: PartialDate) -> bool:
        if partial.until is not None:
            # 周一至周五 are the days of any week
            return self.message or not partial.kinds == partial.until.kinds == ["weekday"]
        if self.text[partial.start] == "那" and not self._is_told(partial):
            return False
        if partial.kinds in (["part"], ["season"]):
            return False
        if partial.rules == ["han_day"] and partial.end - partial.start == 2:
            return False  # 一日 and 三日 count days rather than name one
        if partial.kinds == ["clock"] and not self._is_clock(partial):
            return False
        if partial.kinds == ["same_period"]:
            if self.text[partial.start - 1] == "年":
                return False  # 近四年同期, 历年同期
            return self.memory.last(self.memory.paragraph(partial.start)) is not None
        anaphoric = [shift for shift in partial.shifts if shift.anchor == "anaphoric"]
        return (
            not anaphoric
            or bool(self.memory.anchors)
            or bool(self.context.festival_before(partial))
            or self.reference is not None
        )

    def _recurs(self, partial: PartialDate) -> bool:
        """Whether it names no one time: 每周三, and 周五 in 每周三、周五."""
        window = self.text[max(0, partial.start - _LOOK_BACK) : partial.start]
        if before_pattern("modifiers", "recurring_before").search(window):
            return True
        return self.recurring_end >= 0 and bool(
            _LISTED.fullmatch(self.text, self.recurring_end, partial.start)
        )

    def _is_told(self, partial: PartialDate) -> bool:
        """Whether 那天, 那一年 points back into the text: not 生日那天, nor ahead (那一年他26岁。2004年…)."""
        before = self.text[max(0, partial.start - 1) : partial.start]
        return bool(self.memory.anchors) and (not before or before in _POINTS_BACK)

    def _is_clock(self, partial: PartialDate) -> bool:
        """Whether a clock time alone is one: 一点就通 and 晚一点 are none, 一点半 and 在三点 are."""
        if self.text[partial.start : partial.end] in _A_LITTLE:
            return False
        if partial.part or partial.minute is not None or self.text[partial.start].isascii():
            return True
        return (
            self.text[partial.end - 1] in "整钟"
            or self.text[max(0, partial.start - 1) : partial.start] in _CLOCK_AFTER
        )

    def _date(self, partial: PartialDate) -> Time | None:
        kind = (
            "TIME" if partial.has_clock or (partial.until is not None and partial.until.has_clock) else "DATE"
        )
        mod, how = self._modifier(partial)
        try:
            found = self.resolver.resolve(partial)
        except Unresolved as unknown:
            return Time(partial.start, partial.end, kind, str(unknown), mod, None, partial.rule)
        announced = self.reference is not None and found.start >= self.reference.period.end
        compared = partial.same_period or bool(
            _COMPARED.search(self.text, max(0, partial.start - 4), partial.start)
        )
        self.memory.add(
            Anchor(
                partial.start,
                partial.end,
                found,
                pending=announced or how == "before",
                deictic=bool(partial.shifts),
                compared=compared,
            )
        )
        interval = interval_of(found, partial, how, self.text)
        return Time(partial.start, partial.end, kind, found.timex, mod, interval, partial.rule)

    def _modifier(self, partial: PartialDate) -> tuple[str | None, str]:
        """``(mod, how)``: how is the modifier's name in the grammar, ``edge``, or ``before included``."""
        text, end = self.text, partial.end
        for name, mod in (("before", "BEFORE"), ("start", "START"), ("after", "AFTER"), ("middle", "MID")):
            if match := suffix(text, end, name):
                included = pattern("modifiers", "included").match(match[0])
                edge = _edge(partial)
                if edge and match[0] == "以来":
                    return edge, name  # 8月中旬以来: where in the month says more
                return mod, f"{name} included" if included else name
        window = text[max(0, partial.start - _LOOK_BACK) : partial.start]
        if before_pattern("modifiers", "before_before").search(window):
            return "BEFORE", "before included"
        if before_pattern("modifiers", "start_before").search(window):
            return "START", "start"
        edge = _edge(partial)
        if edge:
            return edge, "edge"
        if suffix(text, end, "approximate") or before_pattern("modifiers", "approximate_before").search(
            window
        ):
            return "APPROX", ""
        return None, ""

    # Lengths.

    def _counts_days(self, partial: PartialDate) -> bool:
        """Whether a bare N日 counts days: 为期10日, 连续3日."""
        if partial.kinds != ["day"] or partial.until is not None or self.text[partial.end - 1] != "日":
            return False
        window = self.text[max(0, partial.start - 4) : partial.start]
        if not before_pattern("duration.context", "counts_days").search(window):
            return False
        if recent := before_pattern("duration.context", "recent_days").search(window):
            partial.start -= len(recent[0])  # 近7日 is the span, as 近7天 is
        return True

    def _bare_portion(self, partial: PartialDate) -> Time | None:
        """前两年 is the two years before the document's; 前三天 a length."""
        inner = self.text[partial.start : partial.end].lstrip("前头首最后")
        length = parse_duration(inner)
        if length is None:
            return None
        if partial.side == "前" and (self.message or partial.portion_unit == "年"):
            found = None if self.reference is None else beside(length, self.reference.now, -1)
            if found is None:
                return None
            self.memory.add(Anchor(partial.start, partial.end, found, compared=True))
            return Time(partial.start, partial.end, "DATE", found.timex, None, found.interval(), partial.rule)
        return Time(partial.end - len(inner), partial.end, "DURATION", length.timex, None, None, partial.rule)

    def _duration(self, partial: PartialDate) -> Time | None:
        text = self.text
        if (year := self._short_year(partial)) is not None:
            return self._date(year)
        prefix, inner = split_prefix(text[partial.start : partial.end])
        start, end = partial.end - len(inner), partial.end
        window = text[max(0, start - _LOOK_BACK) : start]
        length = parse_duration(inner)
        if length is None or (not prefix and self._is_idiom(inner, start, window)):
            return None
        if self.message and prefix in _BESIDE and self.reference is not None:
            found = beside(length, self.reference.now, _BESIDE[prefix])
            if found is not None:
                return Time(partial.start, end, "DATE", found.timex, None, found.interval(), partial.rule)
        if self.message and self.reference is not None and length.high is None and prefix in ("", *_BESIDE):
            placed = around_now(text, start, end, length, prefix, self.reference.now)
            if placed is not None:
                return Time(start, end, "DURATION", length.timex, None, placed, partial.rule)
        recent = self._is_recent(prefix, inner, partial.start)
        if length.is_vague and (prefix == "这" or window.endswith("那")):
            return None  # 最难的那几天
        if length.is_vague and (recent or length.unit == "Y" or self._direction(end)[0]):
            return None  # 近几年, 数年 and 几天前 are as vague as 近日 and 日前
        nearly = before_pattern("duration.context", "approximate").search(window) if not recent else None
        after = pattern("duration.context", "approximate_after").match(text, end)
        mod = "APPROX" if length.approximate or nearly or after else None
        if not recent and (counted := self._counted(length, partial, start, mod, window)):
            return counted
        if recent:
            start = partial.start
        if span := span_until(self.context, length, start):
            self.memory.add(Anchor(start, end, span))
        until_now = recent or pattern("duration.context", "until_now").match(text, end)
        interval = self._interval_of(length, prefix) if until_now else None
        return Time(start, end, "DURATION", length.timex, mod, interval, partial.rule)

    def _short_year(self, partial: PartialDate) -> PartialDate | None:
        """The year 2011 for 11年 in a text that writes its years so (07年他北上，11年回到义乌), or 2022 after 民国112年."""
        match = _SHORT_YEAR.fullmatch(self.text, partial.start, partial.end)
        if match is None or _AFTER_LENGTH.match(self.text, partial.end):
            return None
        anchor = self.memory.last(self.memory.paragraph(partial.start), lambda a: a.period.grain == "year")
        if anchor is None:
            return None
        if self.text.startswith(_REPUBLIC, anchor.start):
            number, least = _REPUBLIC_FOUNDED + int(match[1]), _REPUBLIC_FOUNDED
        elif _SHORT_YEAR.match(self.text, anchor.start):
            number, least = 2000 + int(match[1]), anchor.period.year
        else:
            return None
        if number < least or (self.reference is not None and number > self.reference.period.year):
            return None
        return PartialDate(partial.start, partial.end, year=number, kinds=["year"], rules=["short_year"])

    def _is_idiom(self, inner: str, start: int, window: str) -> bool:
        if (len(inner) == 2 and _HUNDREDS.match(inner)) or inner == "一日":
            return True
        if pattern("duration.context", "idiom").match(self.text, start):
            return True
        if before_pattern("duration.context", "idiom_before").search(window):
            return True
        return inner in ("一天", "一年", "一个季度") and bool(
            before_pattern("duration.context", "one_day_before").search(window)
        )

    def _is_recent(self, prefix: str, inner: str, start: int) -> bool:
        """Whether the prefix says that the length ends or begins now (过去一年), and so is part of the span."""
        if prefix == "" or prefix in _BESIDE:
            return False
        if prefix == "这":
            return bool(_SHORT_RECENT.match(inner))
        if prefix == "近":
            window = self.text[max(0, start - _LOOK_BACK) : start]
            return not before_pattern("duration.context", "nearly").search(window)
        return True

    def _interval_of(self, length: Duration, prefix: str) -> Interval | None:
        reference = self.reference
        if reference is None or not reference.has_day or length.high is not None:
            return None
        coming = bool(pattern("duration.context", "coming").fullmatch(prefix))
        moment = length.add(reference.now, 1 if coming else -1)
        if moment is None:
            return None
        return (iso(reference.now), iso(moment)) if coming else (iso(moment), iso(reference.now))

    def _direction(self, end: int) -> tuple[int, int]:
        """``(1, end of 后)``, ``(-1, end of 前)`` or ``(0, end)``: which way the length is counted."""
        for name, sign in (("ago", -1), ("later", 1)):
            if match := pattern("duration.direction", name).match(self.text, end):
                return sign, match.end()
        return 0, end

    def _counted(
        self, length: Duration, partial: PartialDate, start: int, mod: str | None, window: str
    ) -> Time | None:
        """A length with 前 or 后 is a date; of hours and less only where the document's date has a clock."""
        sign, end = self._direction(partial.end)
        if not sign or length.high is not None or _WORKING_DAYS.search(self.text, start, end):
            return None
        if (
            sign > 0
            and not self.message
            and (mod or before_pattern("duration.direction", "since_then").search(window))
        ):
            return None  # 竞争20多年后: how long it took, not when
        rule = f"{partial.rule}+{'later' if sign > 0 else 'ago'}"
        if length.amounts[-1][0].startswith("T"):
            return self._moment(length, start, end, sign, mod, rule)
        whole = PartialDate(start, end)
        from_then = bool(before_pattern("duration.direction", "from_then").search(window))
        since_event = bool(before_pattern("duration.direction", "since_event").search(window))
        try:
            found = counted(self.context, length, whole, sign, from_then, since_event)
        except Unresolved as unknown:
            return Time(start, end, "DATE", str(unknown), mod, None, rule)
        announced = self.reference is not None and found.start >= self.reference.period.end
        self.memory.add(Anchor(start, end, found, pending=announced, deictic=sign < 0))
        return Time(start, end, "DATE", found.timex, mod, found.interval(), rule)

    def _moment(
        self, length: Duration, start: int, end: int, sign: int, mod: str | None, rule: str
    ) -> Time | None:
        reference = self.reference
        if reference is None or reference.now == reference.period.start:
            return None
        moment = length.add(reference.now, sign)
        if moment is None:
            return None
        interval = (iso(moment), iso(moment + timedelta(minutes=1)))
        return Time(start, end, "TIME", moment.isoformat(timespec="minutes"), mod, interval, rule)
