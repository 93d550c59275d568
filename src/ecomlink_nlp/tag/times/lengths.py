"""Lengths of time in a text: a duration of its own (三年), a date counted off (三年前, 四个月后) or a stretch up to now (过去一年)."""

import re
from datetime import timedelta

from ecomlink_nlp.tag.times.anaphora import counted, span_until
from ecomlink_nlp.tag.times.context import Context, Unresolved
from ecomlink_nlp.tag.times.duration import Duration, beside, parse_duration, split_prefix
from ecomlink_nlp.tag.times.grammar import before_pattern, pattern
from ecomlink_nlp.tag.times.intervals import Interval
from ecomlink_nlp.tag.times.memory import Anchor
from ecomlink_nlp.tag.times.messages import around_now
from ecomlink_nlp.tag.times.partial import PartialDate
from ecomlink_nlp.tag.times.period import day, iso, year
from ecomlink_nlp.text.document import Time

_HUNDREDS = re.compile(r"[百千万亿]")
_SHORT_RECENT = re.compile(r"[半两几]")
_WORKING_DAYS = re.compile("工作|交易")  # which days these are, a calendar of holidays would have to tell
_NAMED_YEAR = re.compile(r"的?((?:19|20)\d\d)年")  # 三年后的2021年
_LOOK_BACK = 8
_BESIDE = {"上": -1, "前": -1, "下": 1}


class Lengths:
    """Reads the lengths of one text; ``message`` where it is one, which counts from its own moment."""

    def __init__(self, context: Context, message: bool) -> None:
        self.text = context.text
        self.context = context
        self.reference = context.reference
        self.memory = context.memory
        self.message = message

    def bare_portion(self, partial: PartialDate) -> Time | None:
        """前两年 is the two years before the document's; 前三天 a length."""
        inner = self.text[partial.start : partial.end].lstrip("前头首最后")
        length = parse_duration(inner)
        if length is None or length.is_vague:
            return None  # 前几日 is as vague as 日前
        if partial.side == "前" and (self.message or partial.portion_unit == "年"):
            found = None if self.reference is None else beside(length, self.reference.now, -1)
            if found is None:
                return None
            self.memory.add(Anchor(partial.start, partial.end, found, compared=True))
            return Time(partial.start, partial.end, "DATE", found.timex, None, found.interval(), partial.rule)
        return Time(partial.end - len(inner), partial.end, "DURATION", length.timex, None, None, partial.rule)

    def read(self, partial: PartialDate) -> Time | None:
        """The annotation of a length, None where it is an idiom or too vague."""
        text = self.text
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
        if (
            self.message
            and self.reference is not None
            and length.high is None
            and (not prefix or prefix in _BESIDE)
        ):
            placed = around_now(text, start, end, length, prefix, self.reference.now)
            if placed is not None:
                return Time(start, end, "DURATION", length.timex, None, placed, partial.rule)
        recent = self._is_recent(prefix, inner, partial.start)
        if length.is_vague and (prefix in ("这", "前", "上") or window.endswith("那")):
            return None  # 最难的那几天, 前几日
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
        if named := _NAMED_YEAR.match(self.text, end):
            return Time(start, end, "DATE", named[1], mod, year(int(named[1])).interval(), rule)
        try:
            found = counted(self.context, length, whole, sign, from_then, since_event)
        except Unresolved as unknown:
            return Time(start, end, "DATE", str(unknown), mod, None, rule)
        announced = self.reference is not None and found.start >= self.reference.period.end
        self.memory.add(Anchor(start, end, found, pending=announced, deictic=sign < 0))
        interval = self._from_or_until(length, found.interval(), end, sign)
        return Time(start, end, "DATE", found.timex, mod, interval, rule)

    def _from_or_until(self, length: Duration, interval: Interval, end: int, sign: int) -> Interval:
        """What begins or ends where a message counts to: 半小时以后 is from then on, 半小时后 is then."""
        if not self.message or not before_pattern("duration.message", "open").search(
            self.text[end - 2 : end]
        ):
            return interval
        moment = None if self.reference is None else length.add(self.reference.now, sign)
        if moment is not None and length.ends_in_half_a_month:
            interval = day(moment).interval()  # the month itself may hold the day that is counted from
        low, high = interval
        return (low, None) if sign > 0 else (None, high)

    def _moment(
        self, length: Duration, start: int, end: int, sign: int, mod: str | None, rule: str
    ) -> Time | None:
        reference = self.reference
        if reference is None or reference.now == reference.period.start:
            return None
        moment = length.add(reference.now, sign)
        if moment is None:
            return None
        minute = (iso(moment), iso(moment + timedelta(minutes=1)))
        interval = self._from_or_until(length, minute, end, sign)
        return Time(start, end, "TIME", moment.isoformat(timespec="minutes"), mod, interval, rule)
