"""Years in two or three digits that the text before explains: 11年 after 07年, 112年 after 民国111年."""

import re

from ecomlink_nlp.tag.times.context import Context
from ecomlink_nlp.tag.times.partial import PartialDate

_SHORT_YEAR = re.compile(r"(\d{2,3})年")
_REPUBLIC, _REPUBLIC_FOUNDED = "民国", 1911
_AFTER_LENGTH = re.compile("[多来间里内前后的以之半]")


def short_year(context: Context, partial: PartialDate) -> PartialDate | None:
    """The year 2011 for 11年 in a text that writes its years so (07年他北上，11年回到义乌), or 2022 after 民国112年."""
    match = _SHORT_YEAR.fullmatch(context.text, partial.start, partial.end)
    if match is None or _AFTER_LENGTH.match(context.text, partial.end):
        return None
    anchor = context.memory.last(context.memory.paragraph(partial.start), lambda a: a.period.grain == "year")
    if anchor is None:
        return None
    if context.text.startswith(_REPUBLIC, anchor.start):
        number, least = _REPUBLIC_FOUNDED + int(match[1]), _REPUBLIC_FOUNDED
    elif _SHORT_YEAR.match(context.text, anchor.start):
        number, least = 2000 + int(match[1]), anchor.period.year
    else:
        return None
    if number < least or (context.reference is not None and number > context.reference.period.year):
        return None
    return PartialDate(partial.start, partial.end, year=number, kinds=["year"], rules=["short_year"])
