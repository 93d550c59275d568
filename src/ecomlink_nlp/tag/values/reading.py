"""Reads what a matched numeral and its tail mean: number or range, unit, modifier."""

import re
from dataclasses import replace
from decimal import Decimal

from ecomlink_nlp.tag.values import modifiers
from ecomlink_nlp.tag.values.grammar import Grammar, Tail
from ecomlink_nlp.tag.values.numerals import parse_decimal, parse_vague, plain
from ecomlink_nlp.text.light import light_dataclass

_MAGNITUDES = re.compile(r"[十百千]?[万亿]+\Z|[百千万亿wW]\Z")
_LAST = re.compile(r"[万亿]+\Z")
_VAGUE = re.compile(r"[数几]|[一二两三四五六七八九]{2}")


@light_dataclass(frozen=True, slots=True)
class Reading:
    """A number, or a range from ``low`` to ``high``; with its modifier from inside the span."""

    low: Decimal
    high: Decimal | None = None
    mod: str | None = None
    unit: str | None = None

    def times(self, factor: Decimal) -> "Reading":
        """Return the reading with its numbers multiplied."""
        high = None if self.high is None else self.high * factor
        return replace(self, low=self.low * factor, high=high)

    def plus(self, addend: Decimal) -> "Reading":
        """Return the reading with ``addend`` added, for smaller units."""
        return replace(self, low=self.low + addend)


def numeral(match: re.Match[str]) -> str:
    """Return the numeral of a match without 多, 余, 来 and inner gaps.

    >>> from ecomlink_nlp.tag.values.grammar import grammar
    >>> numeral(grammar().number.match("3000多 亿元"))
    '3000亿'
    """
    return plain(match["n"] + (match["mag"] or "")).replace("个", "")


def read_numeral(form: str) -> Reading | None:
    """Return what the numeral ``form`` says, or None where it is no numeral after all.

    >>> int(read_numeral("数亿").high), int(read_numeral("3亿").low), read_numeral("一三")
    (900000000, 300000000, None)
    """
    if _VAGUE.search(form):
        bounds = parse_vague(form)
        if bounds:
            return Reading(Decimal(str(bounds[0])), Decimal(str(bounds[1])), "APPROX")
        if not any(zero in form for zero in "零〇") and not re.search("点", form):
            return None
    value = parse_decimal(form)
    return None if value is None else Reading(value, mod=modifiers.within(form))


def read_discount(form: str) -> Reading | None:
    """Return the tenths of a discount; two digits are tenths and hundredths (五五折 is 55 %).

    >>> read_discount("五五").low, read_discount("八").low
    (Decimal('5.5'), Decimal('8'))
    """
    value = Decimal(5) if form == "半" else parse_decimal(form)
    if value is not None and len(form) == 2 and not set(form) & set("十百千万亿半"):
        value /= 10
    return None if value is None else Reading(value)


def read_range(left: str, right: str) -> Reading | None:
    """Return the range of two numerals; the left one shares the right one's magnitude where that fits.

    >>> read_range("3", "5亿").low, read_range("800", "1万").low
    (Decimal('300000000'), Decimal('800'))
    """
    high = parse_decimal(right)
    low = parse_decimal(left)
    if low is None or high is None:
        return None
    shared = _MAGNITUDES.search(right)
    if shared and not _LAST.search(left):
        for magnitude in (shared[0] if len(left) == 1 else "", *_LAST.findall(right)):
            scaled = parse_decimal(left + magnitude)
            if scaled is not None and low < scaled < high:
                return Reading(scaled, high)
    return Reading(low, high) if low < high else None


def read_fraction(denominator: str, numerator: str) -> Reading | None:
    """Return the fraction; hundredths, thousandths and ten-thousandths are given in percent.

    >>> read_fraction("百", "三").low, read_fraction("三", "一").low
    (Decimal('3'), Decimal('0.3333'))
    """
    divisor = parse_decimal(denominator)
    above = read_numeral(numerator)
    if not divisor or above is None:
        return None
    if is_rate(denominator):
        return replace(above.times(100 / divisor), unit="%")
    exact = above.low / divisor
    rounded = round(exact, 4)
    return Reading(rounded if len(exact.as_tuple().digits) > 20 and rounded > Decimal("0.01") else exact)


def is_rate(denominator: str) -> bool:
    """Say whether 百分之, 千分之, 万分之 makes a rate (一百分之二 is a plain fraction).

    >>> is_rate("百"), is_rate("三")
    (True, False)
    """
    return denominator in ("百", "佰", "千", "仟", "万")


def with_tail(reading: Reading, match: re.Match[str], tail: Tail, rules: Grammar) -> Reading:
    """Return the reading in the unit of its tail, with the smaller units that the tail holds.

    >>> from ecomlink_nlp.tag.values.grammar import grammar
    >>> match = grammar().number.match("五块六")
    >>> with_tail(read_numeral("五"), match, grammar().tails["coins"], grammar()).low
    Decimal('5.6')
    """
    inner = match["plus"] or match["more"] or _part(match, tail, "beyond")
    if inner:
        reading = replace(reading, mod=modifiers.within(inner))
    reading = reading.times(tail.factor)
    if tail.type == "PERCENT":
        reading = replace(reading, unit="%")
    if tail.id == "tenths" and (tenth := _part(match, tail, "tenth")):
        reading = reading.plus(Decimal(5) if tenth == "半" else _digit(tenth))
    elif tail.id == "half":
        reading = reading.times(Decimal("0.5"))
    elif tail.id == "coins":
        reading = _with_coins(reading, match, tail)
    elif tail.id == "compound":
        reading = _with_smaller_unit(reading, match, tail)
    elif form := _part(match, tail, "unit"):
        unit = rules.units[form]
        reading = replace(reading.times(unit.factor), unit=unit.code)
        if _part(match, tail, "half"):
            reading = reading.plus(Decimal("0.5") * unit.factor)
    return reading


def _part(match: re.Match[str], tail: Tail, name: str) -> str | None:
    """A named group of the tail's own pattern, None where the tail has none."""
    return match.groupdict().get(f"{name}_{tail.id}")


def _digit(form: str) -> Decimal:
    return parse_decimal(form) or Decimal(0)


def _with_coins(reading: Reading, match: re.Match[str], tail: Tail) -> Reading:
    """Adds 角 and 分 (or cents) to an amount."""
    if _part(match, tail, "dollars"):
        cents = _digit(_part(match, tail, "cents") or "")
        return replace(reading.plus(cents / 100), unit="USD")
    coins = {name: _part(match, tail, name) for name in ("jiao", "jiao3", "fen", "fen2", "fen4")}
    if coins["fen4"]:
        reading = reading.times(Decimal("0.1"))
    for name, form in coins.items():
        if form:
            reading = reading.plus(_digit(form) / (10 if name.startswith("jiao") else 100))
    return replace(reading, unit="CNY")


def _with_smaller_unit(reading: Reading, match: re.Match[str], tail: Tail) -> Reading:
    if liang := _part(match, tail, "liang"):
        return replace(reading.plus(_digit(liang) / 10), unit="jin")
    decimals = parse_decimal(_part(match, tail, "decimetre") or "")
    places = len(_part(match, tail, "decimetre") or "")
    return replace(reading.plus((decimals or Decimal(0)) / 10**places), unit="m")
