"""Reads lengths of time: ``两年零三个月``, ``2760万小时``, ``好几个月``, ``7-10天``.

The numeral may be exact, more than it says (两年多), vague (几天) or halved (半年, 一个半小时). Halves
become the next smaller unit (P18M, PT30M), so that the value stays a plain number.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache

from ecomlink_nlp.tag.times import grammar
from ecomlink_nlp.tag.times.period import Period, day, month, shift, week, year
from ecomlink_nlp.tag.values.numerals import parse_decimal, parse_vague, plain

UNITS_SMALLER = {
    "Y": ("M", 12),
    "M": ("D", 30),
    "W": ("D", 7),
    "D": ("TH", 24),
    "TH": ("TM", 60),
    "TM": ("TS", 60),
}
_ORDER = ("Y", "Q", "M", "W", "D", "TH", "TM", "TS")
_SECONDS = {"W": 604800, "D": 86400, "TH": 3600, "TM": 60, "TS": 1}
_MONTHS = {"Y": 12, "Q": 3, "M": 1}
_PAIR = re.compile("[一二两三四五六七八九]{2}")


@dataclass(frozen=True, slots=True)
class Duration:
    """Amounts by unit (``Y``, ``M``, ``TH``, …; None is a vague few), ``high`` the upper end of a range."""

    amounts: tuple[tuple[str, Decimal | None], ...]
    approximate: bool = False
    high: "Duration | None" = None

    @property
    def timex(self) -> str:
        """The TIMEX3 value, such as ``P2Y3M`` or ``PT38.9H``; the ends of a range joined by a slash."""
        value, in_time = "P", False
        for unit, amount in self.amounts:
            if unit[0] == "T" and not in_time:
                value, in_time = value + "T", True
            value += ("X" if amount is None else _plain(amount)) + unit[-1]
        return value if self.high is None else f"{value}/{self.high.timex}"

    @property
    def unit(self) -> str:
        """The coarsest unit."""
        return self.amounts[0][0]

    @property
    def is_vague(self) -> bool:
        """Whether an amount is only a few."""
        return any(amount is None for _, amount in self.amounts)

    @property
    def ends_in_half_a_month(self) -> bool:
        """Whether it counts to a day within a month: 半个月, 两个半月."""
        unit, amount = self.amounts[-1]
        return unit == "M" and amount is not None and amount != int(amount)

    def add(self, moment: datetime, sign: int) -> datetime | None:
        """Move a moment by the length, forwards or back; None where the length is vague or leaves the calendar."""
        try:
            for unit, amount in self.amounts:
                if amount is None:
                    return None
                if unit in _MONTHS:
                    months = amount * _MONTHS[unit]
                    whole = int(months)
                    first = month(moment.year, moment.month + sign * whole).start
                    last = month(first.year, first.month).end - timedelta(days=1)
                    moment = moment.replace(year=first.year, month=first.month, day=min(moment.day, last.day))
                    moment += sign * timedelta(days=round(float(months - whole) * 30))
                else:
                    moment += sign * timedelta(seconds=float(amount * _SECONDS[unit]))
        except (OverflowError, ValueError):
            return None
        return moment

    def period_at(self, moment: datetime) -> Period:
        """The period that the end of the length names: its grain is that of the finest unit (三个月后 is a month)."""
        unit = self.amounts[-1][0]
        if unit == "Y":
            return year(moment.year)
        if unit in ("Q", "M"):
            return month(moment.year, moment.month)
        if unit == "W":
            return week(moment)
        return day(moment)


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f")


@cache
def _piece() -> str:
    table = grammar.rules()["duration"]
    number, more, unit = table["number"], table["more"], table["unit"]
    return rf"{number}[ \u00a0]?{more}?[ \u00a0]?(?:个(?:半|多|余)?)?{unit}(?:多|半钟?|余)?"


@cache
def duration_pattern() -> str:
    """The pattern of a length of time with its prefix (过去一年, 近两年), without groups."""
    table = grammar.rules()["duration"]
    context = table["context"]
    lead = rf"(?:{table['number']}(?:个?{table['unit']})?{grammar.rules()['macros']['to']})?"
    year = grammar.rules()["macros"]["century_year"]
    prefix = rf"(?:(?:{context['recent']}|{context['coming']})[ \u00a0]?)?"
    return rf"{prefix}(?:(?<![\dA-Za-z])|(?<=20\d\d)(?=[两三四五六]年))(?<!\d[.,:：-])(?!{year}年){lead}{_piece()}(?:[又零 ]?{_piece()})*"


@cache
def _prefix() -> re.Pattern[str]:
    context = grammar.rules()["duration"]["context"]
    return re.compile(f"(?P<recent>{context['recent']})|(?P<coming>{context['coming']})")


@cache
def _pieces() -> re.Pattern[str]:
    table = grammar.rules()["duration"]
    units = "|".join(sorted(table["units"], key=len, reverse=True))
    return re.compile(
        rf"(?P<number>{table['number']})[ \u00a0]?(?P<more>{table['more']})?[ \u00a0]?(?:个(?P<inner>半|多|余)?)?"
        rf"(?P<unit>{units})(?P<tail>多|半钟?|余)?"
    )


@cache
def _lead() -> re.Pattern[str]:
    table = grammar.rules()["duration"]
    units = "|".join(sorted(table["units"], key=len, reverse=True))
    number, to = table["number"], grammar.rules()["macros"]["to"]
    return re.compile(rf"(?P<low>{number})(?:个?(?P<unit>{units}))?{to}(?={number})")


def split_prefix(text: str) -> tuple[str, str]:
    """Part a leading 过去, 近, 未来, … from the length.

    >>> split_prefix("过去一年")
    ('过去', '一年')
    """
    match = _prefix().match(text)
    return (match[0], text[match.end() :].lstrip(" \u00a0")) if match else ("", text)


@lru_cache(maxsize=2048)
def parse_duration(text: str) -> Duration | None:
    """Read a length of time without its prefix; None where a numeral is none.

    >>> [parse_duration(t).timex for t in ("38.9小时", "两年多", "一个半小时", "三五天", "8天20小时")]
    ['PT38.9H', 'P2Y', 'PT90M', 'P3D/P5D', 'P8DT20H']
    """
    lead = _lead().match(text)
    amounts: list[tuple[str, Decimal | None]] = []
    highs: list[tuple[str, Decimal | None]] = []
    approximate = False
    for piece in _pieces().finditer(text, lead.end() if lead else 0):
        unit = _unit(piece["unit"])
        low, high, vague = _amount(plain(piece["number"]).lstrip("零") or "零")
        if low is None and not vague:
            return None
        tail, inner = piece["tail"] or "", piece["inner"] or ""
        approximate = approximate or vague or bool(piece["more"]) or bool({tail, inner} & {"多", "余"})
        if lead is not None and not amounts:
            high, low = low, parse_decimal(lead["low"])
            if lead["unit"]:
                highs.append((unit, high))
                unit, high = _unit(lead["unit"]), None
        if low is not None and (inner == "半" or tail.startswith("半")):
            low += Decimal("0.5")
            unit, low = _without_half(unit, low)
        elif low == Decimal("0.5"):
            unit, low = _without_half(unit, low)
        amounts.append((unit, low))
        if high is not None:
            highs.append((unit, high))
    if not amounts:
        return None
    amounts.sort(key=lambda pair: _ORDER.index(pair[0]))
    if len({unit for unit, _ in amounts}) < len(amounts):
        return None
    return Duration(tuple(amounts), approximate, Duration(tuple(highs)) if highs else None)


def _unit(text: str) -> str:
    units: dict[str, str] = grammar.rules()["duration"]["units"]
    return units[text]


def _amount(number: str) -> tuple[Decimal | None, Decimal | None, bool]:
    """``(low, high, vague)``: an exact numeral is low alone, 两三 both, 几 neither."""
    if number in ("几", "数", "好几"):
        return None, None, True
    if number in ("大半", "小半"):
        return Decimal("0.5"), None, True
    exact = None if _PAIR.fullmatch(number) else parse_decimal(number)
    if exact is not None:
        return exact, None, False
    bounds = parse_vague(number.removeprefix("好"))
    if bounds is None:
        return None, None, False
    if "几" in number or "数" in number:
        return None, None, True
    return Decimal(str(bounds[0])), Decimal(str(bounds[1])), False


def _without_half(unit: str, amount: Decimal) -> tuple[str, Decimal]:
    if unit == "M" or unit not in UNITS_SMALLER:
        return unit, amount
    smaller, factor = UNITS_SMALLER[unit]
    return smaller, amount * factor


def beside(length: Duration, now: datetime, direction: int) -> Period | None:
    """The whole units before (-1) or after (1) the one of ``now``: 前两年 in 2024 is 2022 to 2023."""
    names = {"Y": "year", "M": "month", "W": "week", "D": "day", "Q": "quarter"}
    unit, amount = length.amounts[0]
    if amount is None or unit not in names or len(length.amounts) > 1 or amount != int(amount):
        return None
    first, last = (-int(amount), -1) if direction < 0 else (1, int(amount))
    try:
        low, high = (shift(day(now), names[unit], count) for count in (first, last))
    except (OverflowError, ValueError):
        return None
    return low if low == high else low.to(high)
