"""Times that count from others: 同年, 次日, 上周, 三年前, 四个月后, 去年同期.

A deictic word counts from the document's date, an anaphoric one from the last fitting `Anchor`; a length
with 前 counts back from the document's date, with 后 on from the text's time.
"""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from ecomlink_nlp.tag.times import period
from ecomlink_nlp.tag.times.context import Context, Unresolved, is_one_day
from ecomlink_nlp.tag.times.duration import Duration
from ecomlink_nlp.tag.times.grammar import before_pattern, pattern
from ecomlink_nlp.tag.times.memory import Anchor
from ecomlink_nlp.tag.times.partial import PartialDate, Shift
from ecomlink_nlp.tag.times.period import FINE, Period

_OPENS = 2  # characters before the words that open a paragraph
_COMPARES = re.compile(r"(?:比|较|接近|超过|低于|高于)[ \u00a0]*$")


def shifted(context: Context, shift: Shift, partial: PartialDate) -> Period:
    """The period that a relative word names."""
    if shift.unit.endswith("_pair"):  # 今明两年
        first = shifted(context, replace(shift, unit=shift.unit.removesuffix("_pair")), partial)
        return first.to(period.shift(first, first.grain, 1))
    if (beside := _compared_with(context, shift, partial)) is not None:
        return beside
    if (
        shift.unit == "month"
        and shift.offset == 1
        and (told := _month_of_story(context, partial)) is not None
    ):
        return period.shift(told.last or told, "month", 1)
    if shift.anchor != "deictic":
        since = context.memory.paragraph(partial.start) if shift.anchor == "contextual" else 0
        anchor = _anchor_of(context, shift, partial, since)
        if anchor is not None:
            last = anchor.last or anchor
            return period.shift(
                last if shift.unit in ("quarter", "day") else anchor, shift.unit, shift.offset
            )
        if context.reference is None:
            raise Unresolved("XXXX")
    if shift.unit == "now" and context.reference is not None:
        return period.now(context.reference.now)
    if context.reference is None:
        raise Unresolved(
            {"year": "XXXX", "month": "XXXX-XX", "week": "XXXX-WXX"}.get(shift.unit, "XXXX-XX-XX")
        )
    if not context.reference.covers(shift.unit):
        raise Unresolved(context.reference.period.label)
    return period.shift(context.reference.period, shift.unit, shift.offset)


def _compared_with(context: Context, shift: Shift, partial: PartialDate) -> Period | None:
    """2月的销量比上一个月多: the month before the one spoken of; 2020年收入比上年少: 2019."""
    if shift.offset != -1 or shift.unit not in ("month", "year") or context.text[partial.start] != "上":
        return None
    if not _COMPARES.search(context.text, max(0, partial.start - 3), partial.start):
        return None
    sentence = context.memory.sentence(partial.start)
    anchor = context.memory.last(sentence, lambda a: a.period.grain == shift.unit and not a.compared)
    return None if anchor is None else period.shift(anchor.period.last or anchor.period, shift.unit, -1)


def _month_of_story(context: Context, partial: PartialDate) -> Period | None:
    """2010年11月…,下个月前者便撤掉了链接: counted from a date of the sentence that lies in an earlier year than the document."""
    anchor = context.memory.last(
        context.memory.sentence(partial.start),
        lambda a: a.period.fineness >= FINE["month"] and not a.compared,
    )
    if anchor is None or context.reference is None or anchor.period.year >= context.reference.period.year:
        return None
    return anchor.period


def _anchor_of(context: Context, shift: Shift, partial: PartialDate, since: int) -> Period | None:
    if shift.unit == "day":
        if event := context.festival_before(partial):
            return event
        if told := context.party_day(partial):
            return told
        # 下周四，甲将…；同一天，乙拟…: what is announced in the same sentence
        same = context.memory.last(
            context.memory.sentence(partial.start), is_one_day, pending=shift.offset == 0
        )
        anchor = same or context.memory.last(since, is_one_day)
    elif shift.unit in ("month", "week"):
        grain = "month" if shift.unit == "month" else "day"
        sentence = context.memory.sentence(partial.start)  # 4月30日前…，次月1日…: the deadline is spoken of
        anchor = context.memory.last(
            sentence, lambda a: a.period.fineness >= FINE[grain] and not a.compared, pending=shift.offset > 0
        )
        anchor = anchor or context.memory.last(
            since, lambda a: a.period.fineness >= FINE[grain] and not a.compared
        )
    elif shift.unit == "quarter" and shift.anchor == "contextual":
        anchor = context.memory.last(since, lambda a: a.period.grain == "quarter" and not a.compared)
    elif shift.unit == "quarter":  # 当季 is the quarter spoken of, not the one it is compared with
        anchor = context.memory.last(since, lambda a: a.period.grain == "quarter" and not a.compared)
        anchor = anchor or context.memory.last(
            since, lambda a: a.period.fineness >= FINE["quarter"] and not a.compared
        )
    else:
        anchor = context.memory.last(since, lambda a: not a.compared)
    return anchor.period if anchor else None


def counted(
    context: Context, length: Duration, partial: PartialDate, sign: int, from_then: bool, since_event: bool
) -> Period:
    """三年前, 四个月后: back from the document's date (or 在此 from the text's), on from the text's."""
    moment, grain = _count_from(context, length, partial, sign, from_then)
    if since_event and sign > 0:
        anchor = context.memory.last(
            context.memory.sentence(partial.start), lambda a: a.period.grain == "year"
        )
        if anchor is not None:
            return anchor.period
    if sign < 0 and (measured := _years_before(context, length, partial)):
        return measured
    end = length.add(moment, sign)
    if end is None or end.year > period.LAST_YEAR:
        raise Unresolved("XXXX")
    if sign > 0 and grain == "month" and length.unit in ("D", "W"):
        return period.month(end.year, end.month)  # 6月第一次被罚 …; 七天后
    if sign > 0 and grain == "month" and length.amounts == (("Y", Decimal(1)),):
        return period.month(end.year, end.month)  # 去年11月 …; 一年后 is a year to the month, 三年后 is not
    if sign > 0 and grain == "day" and length.unit == "W" and not context.is_now(moment):
        return period.day(end)  # 11月3日 … 三周后: weeks from a day told of end on a day
    return length.period_at(end)


def span_until(context: Context, length: Duration, start: int) -> Period | None:
    """截至11月30日的六个月: the months that end with the date right before the length at ``start``."""
    anchor = context.memory.last(
        context.memory.sentence(start), lambda a: a.period.fineness >= FINE["month"], True
    )
    unit, amount = length.amounts[0]
    if anchor is None or len(length.amounts) > 1 or unit not in ("M", "Y") or amount is None:
        return None
    before_text = context.text[max(0, anchor.start - 4) : anchor.start]
    if not pattern("duration.span", "until").fullmatch(
        context.text[anchor.end : start]
    ) or not before_pattern("duration.span", "until_before").search(before_text):
        return None
    ends = anchor.period.stop - timedelta(days=1)
    count = int(amount) * (12 if unit == "Y" else 1)
    last = period.month(ends.year, ends.month)
    return last if count == 1 else period.month(ends.year, ends.month - count + 1).to(last)


def _count_from(
    context: Context, length: Duration, partial: PartialDate, sign: int, from_then: bool
) -> tuple[datetime, str]:
    if sign > 0 or from_then:
        if event := context.festival_before(partial):
            return event.start, event.grain
        finest = length.amounts[-1][0]
        least = {"Y": "year", "Q": "month", "M": "month"}.get(finest, "day")
        paragraph = context.memory.paragraph(partial.start)
        anchor = context.memory.last(paragraph, lambda a: a.period.fineness >= FINE[least] and not a.compared)
        if anchor is None and sign > 0 and partial.start - paragraph <= _OPENS:
            # a paragraph that opens so goes on from the one before: 三天之后交卷的是京东
            anchor = context.memory.last(0, lambda a: a.period.fineness >= FINE[least] and not a.compared)
        if anchor is not None and not context.is_coming(partial):
            return anchor.period.moment, anchor.period.grain
        month = context.memory.last(paragraph, lambda a: a.period.grain == "month" and not a.compared)
        if sign > 0 and least == "day" and month is not None and _is_past(context, month):
            return month.period.start, "month"
    reference = context.reference_for({"Y": "year", "Q": "month", "M": "month"}.get(length.unit, "day"))
    return reference.now, reference.period.grain


def _years_before(context: Context, length: Duration, partial: PartialDate) -> Period | None:
    """二季度利润接近一年前的两倍: the same quarter, where it is compared with."""
    unit, amount = length.amounts[0]
    if unit != "Y" or len(length.amounts) > 1 or amount is None or amount != int(amount):
        return None
    if not _COMPARES.search(context.text, max(0, partial.start - 3), partial.start):
        return None
    sentence = context.memory.sentence(partial.start)
    anchor = context.memory.last(sentence, lambda a: a.period.grain in ("quarter", "half") and not a.compared)
    return None if anchor is None else period.same_but_years(anchor.period, -int(amount))


def _is_past(context: Context, anchor: Anchor) -> bool:
    """Whether the document is later than the period; days counted on from it lie in it, not ahead of the document."""
    return context.reference is not None and anchor.period.stop <= context.reference.period.start


def same_period(context: Context, partial: PartialDate) -> Period:
    """去年同期: the period just measured, one year earlier; the year alone where none was."""
    paragraph = context.memory.paragraph(partial.start)
    shift = partial.shift("year")
    is_this_year = shift is not None and shift.offset == 0  # 与2020年第三季度相比，今年同期…
    measured = context.memory.last(paragraph, lambda a: is_this_year or not a.compared)
    if measured is not None and (
        measured.period.last or measured.period.grain not in ("day", "clock", "week")
    ):
        if shift is None and partial.year is None:
            return measured.period
        if partial.year is not None:
            return period.same_but_years(measured.period, partial.year - measured.period.year)
        if shift is not None and is_this_year and measured.compared:
            return period.same_but_years(
                measured.period, shifted(context, shift, partial).year - measured.period.year
            )
        if shift is not None and measured.period.grain != "year":
            return period.same_but_years(measured.period, shift.offset)
    if shift is not None and (reported := context.memory.last(0, lambda a: _is_reported(context, a))):
        return period.same_but_years(reported.period, shift.offset)
    if partial.year is not None:
        return period.year(partial.year)
    if shift is None:
        raise Unresolved("XXXX")
    return shifted(context, shift, partial)


def _is_reported(context: Context, anchor: Anchor) -> bool:
    """Whether the text reports figures of the period: a quarter or half, no start (自一季度起) and nothing to come."""
    return (
        anchor.period.grain in ("quarter", "half")
        and not anchor.compared
        and not anchor.pending
        and not pattern("modifiers", "start").match(context.text, anchor.end)
    )
