"""Fiscal years, halves and quarters, named by number (2023财年) or by distance (上一财季)."""

from datetime import timedelta

from ecomlink_nlp.tag.times import calendars, period
from ecomlink_nlp.tag.times.context import Context, Unresolved
from ecomlink_nlp.tag.times.partial import PartialDate
from ecomlink_nlp.tag.times.period import Period


def fiscal(context: Context, partial: PartialDate, base: Period | None) -> Period:
    """The fiscal period of the company that the text named last; ``base`` is the year whose number stands there."""
    last_month = calendars.fiscal_year_end(partial.start, context.entities)
    if shift := partial.shift("fiscal_year"):
        now = context.reference_for("month").period
        number = now.year + (now.start.month > last_month) + shift.offset
        return _part(partial, number, last_month)
    if shift := partial.shift("fiscal_quarter"):
        return _beside(context, partial, shift.offset, last_month, shift.anchor)
    if base is not None:
        return _part(partial, base.year, last_month)
    if partial.quarter is None:
        raise Unresolved("XXXX")
    sentence = context.memory.sentence(partial.start)
    anchor = context.memory.last(sentence, lambda a: bool(a.period.last) or a.period.grain == "year", True)
    if anchor is not None:
        ends = anchor.period.stop - timedelta(days=1)
        return calendars.fiscal_quarter(ends.year, partial.quarter, ends.month)
    # The last such quarter that was over at the document's date.
    reference = context.reference_for("year")
    candidates = [
        calendars.fiscal_quarter(reference.period.year + add, partial.quarter, last_month)
        for add in (1, 0, -1)
    ]
    return next((found for found in candidates if found.stop <= reference.period.end), candidates[-1])


def _part(partial: PartialDate, number: int, last_month: int) -> Period:
    if partial.quarter is not None:
        return calendars.fiscal_quarter(number, partial.quarter, last_month)
    if partial.half is not None:
        return calendars.fiscal_half(number, partial.half, last_month)
    whole = calendars.fiscal_year(number, last_month)
    if partial.portion is not None and partial.side in ("前", "首"):  # 2024财年前九个月
        months = partial.portion * (3 if partial.portion_unit == "quarter" else 1)
        first = period.month(whole.year, whole.start.month)
        return first if months == 1 else first.to(period.month(first.year, first.start.month + months - 1))
    return whole


def _beside(context: Context, partial: PartialDate, offset: int, last_month: int, how: str) -> Period:
    """上一财季: before the quarter spoken of last in the paragraph, else before the document's."""
    if how == "contextual":
        paragraph = context.memory.paragraph(partial.start)
        anchor = context.memory.last(paragraph, lambda a: a.period.grain == "quarter")
        if anchor is not None:
            return period.shift(anchor.period, "quarter", offset)
    start = context.reference_for("month").period.start
    months_in = (start.month - last_month - 1) % 3  # how far the fiscal quarter of that month has come
    first = period.month(start.year, start.month - months_in + 3 * offset)
    return calendars.quarter_from(first)
