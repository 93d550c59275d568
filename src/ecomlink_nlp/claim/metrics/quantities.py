"""Figures as metrics see them: values and durations in one form, with ranges joined."""

import re
from dataclasses import replace

from ecomlink_nlp.text.document import Time, Value
from ecomlink_nlp.text.light import light_dataclass

_RANGE = re.compile(r"\s*(?:至|到|-|–|—|~|～|－)\s*(?:近|约)?")
_FROM = re.compile(r"[从由自](?:[^，。；,;从由自]{0,12})$")
_CHANGE_BEHIND = re.compile(
    r"[^，。；,;]{0,8}?(?:升|降|增|减|涨|跌|调|砍|提|压|缩|扩|滑|落|掉|冲|拉|翻|收|添|窜|蹿|摸|放宽|飙|跃|改|变|抬|爬|攀|插|回|推|走)[^，。；,;]{0,3}?[至到为成]"
)
_COORDINATOR = re.compile(
    r"[个家名位件单人次台场款笔票辆座份万亿]?(?:以上|左右|多)?\s*(?:、|和|与|及|以及|跟|,|，)\s*(?:同比|环比)?(?P<verb>增长|下降|下滑|增加|减少|上升|上涨|下跌|提升|收窄)?了?\s*"
    r"(?:约|近|超过?|逾|不足)?\s*"
)
_FALLS = frozenset({"下降", "下滑", "减少", "下跌", "收窄"})
_DURATION = re.compile(
    r"P(?:(?P<days>[\d.]+)D|(?P<weeks>[\d.]+)W|(?P<months>[\d.]+)M|(?P<years>[\d.]+)Y|"
    r"T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?(?:(?P<seconds>[\d.]+)S)?)"
)
_MAX_RANGE = 3  # times the low end that the high end of a range can be
_POINTS = re.compile("个百分点|个点(?![位赞子])")
_BIG = re.compile("大[^额型规单笔]")
_VAGUE = ("上", "几", "亿万", "成千", "成百")
_UNITS = {
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "hours": "hour",
    "minutes": "minute",
    "seconds": "second",
}
_FACTORS = {"hour": 3600.0, "minute": 60.0, "second": 1.0}


@light_dataclass(frozen=True, slots=True)
class Quantity:
    """A figure; ``kind`` is ``money``, ``percent``, ``count``, ``times`` (2.3倍), ``fraction``,
    ``area`` or ``duration``."""

    start: int
    end: int
    kind: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    mod: str | None


def quantities(text: str, values: list[Value], times: list[Time], end: int) -> list[Quantity]:
    """Return the figures among the tags of one clause, which ends at ``end``, in order.

    Ordinals are none. 10%至15% is one figure with ``low`` and ``high``, unless 从 opens a change from one to the other.
    """
    found = [q for value in values if (q := _from_value(text, value)) is not None]
    found += [q for time in times if time.type == "DURATION" and (q := _from_duration(time)) is not None]
    found.sort(key=lambda quantity: quantity.start)
    joined: list[Quantity] = []
    for index, figure in enumerate(found):
        quantity = figure
        if (
            index + 1 < len(found)
            and quantity.kind == "count"
            and coordinated(text, quantity, found[index + 1])
        ):
            last = found[index + 1]
            quantity = replace(quantity, kind=last.kind, unit=last.unit)
        if joined and _is_range(text, joined[-1], quantity, end):
            joined[-1] = _join(joined[-1], quantity)
        else:
            joined.append(quantity)
    return joined


def coordinated(text: str, left: Quantity, right: Quantity) -> bool:
    """True for two figures of one list: 320%、80%; 6.4亿和3.6亿."""
    return _alike(left, right) and _COORDINATOR.fullmatch(text, left.end, right.start) is not None


def _alike(left: Quantity, right: Quantity) -> bool:
    """163亿和163亿美元: the unit of the last counts for all."""
    return left.kind == right.kind or (left.kind == "count" and right.kind == "money")


def own_sign(text: str, left: Quantity, right: Quantity) -> int | None:
    """Return the sign that a verb between two figures of a list gives the right one (下降3%和增长68%)."""
    match = _COORDINATOR.fullmatch(text, left.end, right.start)
    if match is None or match["verb"] is None:
        return None
    return -1 if match["verb"] in _FALLS else 1


def opens_change(text: str, limit: int, start: int, end: int, stop: int) -> bool:
    """True where ``[start, end)`` is what a change starts from: 从15%左右升到近三成.

    >>> opens_change("退货率从15%左右升到近三成", 0, 4, 7, 14)
    True
    """
    return (
        _FROM.search(text, max(limit, start - 14), start) is not None
        and _CHANGE_BEHIND.match(text, end, stop) is not None
    )


def is_vague(text: str, quantity: Quantity) -> bool:
    """True for a figure of speech (上百万, 几万, 亿万), which measures nothing by itself."""
    return text[quantity.start : quantity.end].startswith(_VAGUE)


def in_points(text: str, quantity: Quantity) -> bool:
    """True for percentage points (提高1.6个百分点, 高了9个点)."""
    return "百分点" in text[quantity.start : quantity.end] or _POINTS.match(text, quantity.end) is not None


def as_percent(quantity: Quantity) -> Quantity:
    """Return a fraction or percentage in percent: 三分之一 is 33.33."""
    if quantity.kind != "fraction" or quantity.value is None:
        return quantity
    return replace(quantity, value=round(quantity.value * 100, 2), unit="%")


def _from_value(text: str, value: Value) -> Quantity | None:
    surface = text[value.start : value.end]
    if value.type == "MONEY":
        kind = "money"
    elif value.type == "PERCENT":
        kind = "percent"
    elif value.type == "CARDINAL":
        if "倍" in surface:
            kind = "times"
        elif "分之" in surface or "/" in surface or surface.startswith(("一半", "半数", "过半")):
            kind = "fraction"
        else:
            kind = "percent" if _POINTS.match(text, value.end) else "count"
    elif value.unit == "m2":
        kind = "area"
    else:
        return None
    if kind == "count" and _BIG.match(text, value.end):
        return None  # 八大平台: part of a name for a group
    unit = "%" if kind == "percent" else value.unit
    return Quantity(value.start, value.end, kind, value.value, value.low, value.high, unit, value.mod)


def _from_duration(time: Time) -> Quantity | None:
    match = _DURATION.fullmatch(time.timex)
    if match is None:
        return None
    parts = [(_UNITS[name], float(number)) for name, number in match.groupdict().items() if number]
    if not parts:
        return None
    unit, amount = parts[0]
    for other, number in parts[1:]:  # 1小时20分钟: in the larger unit
        amount += number * _FACTORS[other] / _FACTORS[unit]
    return Quantity(time.start, time.end, "duration", amount, None, None, unit, time.mod)


def _is_range(text: str, left: Quantity, right: Quantity, end: int) -> bool:
    if left.kind != right.kind or left.value is None or right.value is None:
        return False
    far = right.value > left.value * _MAX_RANGE and not (left.kind == "percent" and left.value <= right.value)
    if "百分点" in text[left.start : left.end + 4] or far:
        return False  # 扩大1.9个百分点至23.4%: by so much, to so much
    if _RANGE.fullmatch(text, left.end, right.start) is None:
        return False
    if _FROM.search(text, max(0, left.start - 14), left.start) is None:
        return True
    return _CHANGE_BEHIND.match(text, right.end, end) is not None


def _join(left: Quantity, right: Quantity) -> Quantity:
    low, high = left.value, right.value
    return Quantity(
        left.start, right.end, left.kind, None, low, high, right.unit or left.unit, left.mod or right.mod
    )
