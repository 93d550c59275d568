"""Growth and net increase: verbs and nouns of change, their base and their sign."""

import re
from dataclasses import replace

from ecomlink_nlp.claim.discourse import Clause
from ecomlink_nlp.claim.metrics.constructions import constructions
from ecomlink_nlp.claim.metrics.quantities import Quantity, as_percent, in_points
from ecomlink_nlp.text.light import light_dataclass

_RATE_GAP = re.compile(r"[^，。；,;、]{0,10}$")
_TIMES_OF = re.compile(r"(?:的|之)[了约近超逾过有至少将大约]*$")
_FRACTION_OF = re.compile(
    r"(?P<base>去年|上年|前年|一年前|上一年|前一年|\d{4}年)(?:同期|同日|全年|同月|同一天)?的[了约近超逾过不足到]*$"
)
# 占去年的三成 is a part; 恢复到去年的八成 is told as a level
_NO_FALL = re.compile("占|贡献|恢复|回升|回到|修复|反弹")
_BOUNDS = frozenset({"高于", "低于"})  # of a level; of a change only with 个百分点
_EQUALS = (
    "是",
    "为",
    "有",
    "不足",
    "不及",
    "仅",
    "只",
    "约",
    "近",
    "剩",
    "当于",
    "不到",
)  # before the base of 只有去年的六成
_BASE_REACH = 10  # characters before a fraction in which its base stands
_REACH = 24  # characters before the figure in which its verb of change stands


@light_dataclass(frozen=True, slots=True)
class Change:
    """A change by the figure (with its sign) or, where ``level``, to it."""

    measure: str
    quantity: Quantity
    start: int
    end: int
    rule: str
    level: bool = False


def rate_behind(text: str, quantity: Quantity, stop: int) -> Change | None:
    """Return the growth of 46%的增长, 2.4%的时长增速."""
    match = constructions().rate_after.match(text, quantity.end, stop)
    if match is None and quantity.kind == "times":
        match = constructions().times_after.match(text, quantity.end, stop)  # 3倍增长
    if match is None:
        return None
    percent = _in_percent(quantity, "by")
    if match.groupdict().get("fall"):
        percent = negative(percent)
    measure = (
        "yoy_growth" if _is_rate(text, match) else _measure(text, quantity.start, match.start(), match.end())
    )
    return Change(measure, percent, quantity.end, match.end(), "rate-behind")


def _is_rate(text: str, match: re.Match[str]) -> bool:
    return "增速" in text[match.start() : match.end()]


def change_before(text: str, clause: Clause, start: int, quantity: Quantity, floor: int) -> Change | None:
    """Return the change that the words in ``[start, figure)`` make of the figure, or None.

    ``floor`` is the end of the last metric word before the figure: verbs inside words (使用时长) change nothing.
    """
    words = constructions()
    relative = quantity.kind in {"percent", "times", "fraction"}
    if relative and (rate := _rate_noun(text, clause, start, quantity)) is not None:
        return rate
    reach = max(start, floor, quantity.start - _REACH)
    match = words.change_end.search(text, reach, quantity.start)
    if match is None:
        return None
    level = words.level_end.search(text, reach, quantity.start)
    if (
        level is not None
        and not match["to"]
        and (
            level.start() < match.start()
            or (level.start() == match.start() and level.end() > match.end("verb"))
        )
    ):
        return Change("level", quantity, match.start(), match.end(), "level", level=True)
    bound = match["verb"] in _BOUNDS and level is not None and not match["to"]
    if bound and not in_points(text, quantity):
        return Change("level", quantity, match.start(), match.end(), "level", level=True)
    if match["to"]:
        if quantity.kind == "times":
            return Change(
                _measure(text, clause.start, match.start(), match.end()),
                _in_percent(quantity, "of"),
                match.start(),
                match.end(),
                "growth-to-times",
            )
        return Change("level", quantity, match.start(), match.end(), "level", level=True)
    rising = match["verb"] in words.rise
    if not relative:
        figure = quantity if rising else negative(quantity)
        return Change("net_increase", figure, match.start(), match.end(), "net-increase")
    percent = _in_percent(quantity, "by")
    if not rising:
        percent = negative(percent)
    if in_points(text, quantity):
        return Change("net_increase", percent, match.start(), match.end(), "points")
    return Change(
        _measure(text, clause.start, quantity.start, match.end()),
        percent,
        match.start(),
        match.end(),
        "growth",
    )


def times_as_growth(text: str, clause: Clause, quantity: Quantity) -> Change | None:
    """Return the growth of 是去年同期的2.3倍 (130 percent), where the base is a time."""
    if _TIMES_OF.search(text, clause.start, quantity.start) is None:
        return None
    measure = _measure(text, clause.start, quantity.start, quantity.start)
    usual = constructions().time_base.search(text, clause.start, quantity.start) is not None
    other = constructions().other_base.search(text, clause.start, quantity.start) is not None
    if measure == "growth" and not usual and not other:
        time = next((t for t in reversed(clause.times) if t.end <= quantity.start), None)
        if time is None or quantity.start - time.end > 4:
            return None
    return Change(measure, _in_percent(quantity, "of"), quantity.start, quantity.end, "times-of-base")


def fraction_as_growth(text: str, clause: Clause, quantity: Quantity) -> Change | None:
    """Return the fall to 不到去年同期的三分之一 (by 66.67 percent), 只有去年的六成 (by 40)."""
    base = _FRACTION_OF.search(text, clause.start, quantity.start)
    usual = constructions().time_base.search(text, clause.start, quantity.start)
    if base is None and usual is not None and text.endswith(_EQUALS, clause.start, usual.start()):
        base = usual  # 只有高峰时的四成
    if quantity.value is None or base is None:
        return None
    if quantity.kind == "percent" and not text.endswith(_EQUALS, clause.start, base.start()):
        return None  # 由上年的19.7%提升到21%
    if _NO_FALL.search(text, max(clause.start, base.start() - _BASE_REACH), base.start()):
        return None
    part = as_percent(quantity)
    assert part.value is not None
    percent = replace(part, value=round(part.value - 100, 2))
    earlier = base.groupdict().get("base")
    measure = "yoy_growth" if earlier and earlier != "前年" and not earlier[0].isdigit() else "growth"
    return Change(measure, percent, quantity.start, quantity.end, "fraction-of-base")


def phrase_changes(text: str, start: int, end: int) -> list[Quantity]:
    """Return the growths without a figure of their own (翻了一番) as quantities in percent."""
    words = constructions()
    return [
        Quantity(match.start(), match.end(), "phrase", words.phrases[match[0]], None, None, "%", None)
        for match in words.phrase.finditer(text, start, end)
        if text[match.start() - 1 : match.start()] not in {"“", "「", "‘"}
    ]


def phrase_change(text: str, clause: Clause, quantity: Quantity) -> Change:
    """Return the change that a phrase means."""
    measure = _measure(text, clause.start, quantity.start, quantity.end)
    return Change(measure, quantity, quantity.start, quantity.end, "growth-phrase")


def _rate_noun(text: str, clause: Clause, start: int, quantity: Quantity) -> Change | None:
    words = constructions()
    for pattern, falling in ((words.falling_rate_noun, True), (words.rate_noun, False)):
        last = None
        for match in pattern.finditer(text, start, quantity.start):
            last = match
        if last is None or _RATE_GAP.fullmatch(text, last.end(), quantity.start) is None:
            continue
        percent = _in_percent(quantity, "by")
        other = words.other_base.search(text, clause.start, quantity.start)
        figure = negative(percent) if falling else percent
        compound = "复合" in text[max(start, last.start() - 4) : last.end()]
        measure = "growth" if other or compound else "yoy_growth"
        return Change(measure, figure, last.start(), last.end(), "falling-rate" if falling else "rate")
    return None


def _measure(text: str, start: int, end: int, after: int) -> str:
    words = constructions()
    other = words.other_base.search(text, start, max(end, after))
    yoy = words.yoy.search(text, start, max(end, after))
    if yoy is not None and (other is None or other.start() < yoy.start()):
        return "yoy_growth"
    return "growth"


def _in_percent(quantity: Quantity, how: str) -> Quantity:
    """By 1.5倍 is 150 percent; of 1.5倍 (是…的) is 50."""
    if quantity.kind == "times":
        off = 1 if how == "of" else 0
        scaled = [
            None if x is None else round((x - off) * 100, 4)
            for x in (quantity.value, quantity.low, quantity.high)
        ]
        return replace(quantity, value=scaled[0], low=scaled[1], high=scaled[2], unit="%")
    return as_percent(quantity)


def negative(quantity: Quantity) -> Quantity:
    """Return the figure as a fall."""
    return replace(
        quantity,
        value=None if quantity.value is None else -quantity.value,
        low=None if quantity.high is None else -quantity.high,
        high=None if quantity.low is None else -quantity.low,
    )
