"""Reads numerals: Arabic, Chinese, formal, full-width and mixed (``1亿2千万``, ``3.5W``).

Notes for a newcomer. Chinese numerals have *units* (十百千), which multiply the digit before them, and
*magnitudes* (万亿兆), which multiply everything before them back to a greater magnitude. A digit left
over at the end of such a numeral counts in tenths of the last unit (四百五 is 450, 九万四 94,000) unless
a zero stands before it (五亿零六). Arithmetic is decimal, so that 5.46亿 is 546,000,000 exactly.
"""

import re
from decimal import Decimal
from functools import cache, lru_cache

from ecomlink_nlp.resources import read_tsv

ZEROS = "零〇○"
DIGITS = "零〇○一二两兩三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖"
UNITS = "十拾百佰千仟"
MAGNITUDES = "万萬亿億兆"
NUMERAL_CHARS = DIGITS + "廿卅" + UNITS + MAGNITUDES

CHINESE_NUMERAL = rf"[{NUMERAL_CHARS}]+(?:[点點][{DIGITS}]+[{UNITS}{MAGNITUDES}]*)?半?"
"""Pattern of an exact Chinese numeral, to be embedded in other patterns; it has no groups."""

ARABIC_NUMERAL = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
"""Pattern of an Arabic numeral with its thousands separators; it has no groups."""

_FULL_WIDTH = {ord(wide): ord(wide) - 0xFEE0 for wide in "０１２３４５６７８９．，＋－％"}
_ARABIC = re.compile(ARABIC_NUMERAL)
_TOKEN = re.compile(
    rf"(?P<arabic>{ARABIC_NUMERAL})|(?P<digits>[{DIGITS}]+)|(?P<tens>[廿卅])"
    rf"|(?P<unit>[{UNITS}])|(?P<magnitude>[{MAGNITUDES}])"
)
_SIGN = re.compile(r"[-−–]|负|負")
_LATIN = re.compile(rf"({ARABIC_NUMERAL})([A-Za-z]+)")
_GAP = re.compile(r"[\s\u00a0]+|&nbsp;")


@cache
def _values() -> dict[str, Decimal]:
    """The value of every numeral character and Latin magnitude."""
    rows = read_tsv("values_numerals.tsv", ("id", "form", "kind", "value"))
    return {row["form"]: Decimal(row["value"]) for row in rows}


def plain(text: str) -> str:
    """Return ``text`` with half-width digits and without the gaps that layout leaves inside a numeral.

    >>> plain("３.5 亿")
    '3.5亿'
    """
    return _GAP.sub("", text.translate(_FULL_WIDTH))


@lru_cache(maxsize=4096)
def parse_decimal(text: str) -> Decimal | None:
    """Return the exact value of the numeral ``text``, or None where it is no single exact numeral.

    Ranges (三五百) and vague numerals (数亿) are no exact numerals; see `parse_vague`.

    >>> parse_decimal("5.46亿")
    Decimal('546000000.00')
    """
    text = plain(text)
    if sign := _SIGN.match(text):
        value = _unsigned(text[sign.end() :])
        return None if value is None else -value
    return _unsigned(text)


def parse_number(text: str) -> float | None:
    """Return the value of the numeral ``text`` as a float, or None where it is no single exact numeral.

    >>> [parse_number(t) for t in ("1,300", "二〇二一", "两千两百亿", "1亿2千万", "四百五", "3.5W", "半")]
    [1300.0, 2021.0, 220000000000.0, 120000000.0, 450.0, 35000.0, 0.5]
    >>> parse_number("三五百") is None
    True
    """
    value = parse_decimal(text)
    return None if value is None else float(value)


def parse_integer(text: str) -> int | None:
    """Return the value of the numeral ``text`` where it is a whole number, else None.

    >>> parse_integer("十二"), parse_integer("1.5")
    (12, None)
    """
    value = parse_decimal(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def _unsigned(text: str) -> Decimal | None:
    if text.startswith("."):
        text = f"0{text}"
    if _ARABIC.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if latin := _LATIN.fullmatch(text):
        factor = _values().get(latin[2].lower())
        return None if factor is None else Decimal(latin[1].replace(",", "")) * factor
    if text.endswith("半"):
        return _with_half(text[:-1])
    if "点" in text or "點" in text:
        return _with_point(*re.split("[点點]", text, maxsplit=1))
    return _whole(text)


def _with_half(text: str) -> Decimal | None:
    """半 adds half of the last unit: 半 0.5, 两半 2.5, 三万半 35,000."""
    if not text:
        return Decimal("0.5")
    value, step = _unsigned(text), _values().get(text[-1], Decimal(1))
    return None if value is None else value + (step if step >= 10 else 1) / Decimal(2)


def _with_point(before: str, after: str) -> Decimal | None:
    """三点五亿 is 3.5 times 亿."""
    digits = re.match(rf"[{DIGITS}]+|[0-9]+", after)
    whole = _whole(before)
    if digits is None or whole is None:
        return None
    value = Decimal(f"{whole}.{digits[0] if digits[0].isascii() else _positional(digits[0])}")
    for char in after[digits.end() :]:
        value *= _values()[char] if char in UNITS + MAGNITUDES else Decimal("NaN")
    return None if value.is_nan() else value


def _positional(digits: str) -> str:
    return "".join(str(_values()[digit]) for digit in digits)


def _whole(text: str) -> Decimal | None:
    """The value of a numeral of units and magnitudes."""
    if not text:
        return None
    values = _values()
    total = section = Decimal(0)
    number: Decimal | None = None
    last = greatest = Decimal(1)
    zero = False
    end = 0
    for token in _TOKEN.finditer(text):
        if token.start() != end:
            return None
        end = token.end()
        kind, form = token.lastgroup, token[0]
        if kind in ("arabic", "digits"):
            stem = form.lstrip(ZEROS) if section or total else form
            zero = zero or stem != form
            if number is not None or (kind == "digits" and _names_a_range(stem, text, end, last)):
                return None
            if stem:
                number = Decimal(stem.replace(",", "") if kind == "arabic" else _positional(stem))
            continue
        value = values[form]
        if kind == "tens":
            if number is not None:
                return None
            section, last = section + value, Decimal(10)
        elif kind == "unit":
            if number is None and (section % 10000) and last <= value:
                return None
            section += (Decimal(1) if number is None else number) * value
            number, last = None, value
        else:
            section += number or 0
            if total and (value > greatest or (value == greatest and not section)):
                total = (total + section) * value
            else:
                total += (section or (0 if total else 1)) * value
            section, number, last, greatest = Decimal(0), None, value, value
        zero = False
    if end != len(text):
        return None
    if number is not None and last > 10 and not zero and number < 10:
        number *= last / 10
    return total + section + (number or 0)


def _names_a_range(digits: str, text: str, end: int, last: Decimal) -> bool:
    """两三百 and 十二三 are ranges; 二〇二一 and 一二三四 are positional numerals."""
    if len(digits) < 2 or any(zero in digits for zero in ZEROS):
        return False
    return last > 1 or (end < len(text) and text[end] in UNITS + MAGNITUDES)


_VAGUE = re.compile(
    rf"(?P<lead>[0-9{NUMERAL_CHARS}]*?)(?P<few>[数數几幾]|(?P<pair>[一二两兩三四五六七八九]{{2}}))"
    rf"(?P<tail>[{UNITS}{MAGNITUDES}]*)"
)


@lru_cache(maxsize=1024)
def parse_vague(text: str) -> tuple[float, float] | None:
    """Return the bounds of a numeral that names a range by itself, or None.

    A 数 or 几 stands for 2 to 9 (1 to 9 after a unit: 十几), two digits for themselves; these are neighbours, or
    三五. Other pairs are no range.

    >>> [parse_vague(t) for t in ("数亿", "数十亿", "几万", "两三百", "三四十万", "十几", "八九", "十二三")]
    [(200000000.0, 900000000.0), (2000000000.0, 9000000000.0), (20000.0, 90000.0), (200.0, 300.0), \
(300000.0, 400000.0), (11.0, 19.0), (8.0, 9.0), (12.0, 13.0)]
    >>> parse_vague("三百") is None
    True
    """
    match = _VAGUE.fullmatch(plain(text))
    if match is None:
        return None
    lead, tail = match["lead"], match["tail"]
    if lead and not re.search(rf"[{UNITS}{MAGNITUDES}]$|0$", lead):
        return None
    if match["pair"] and not _is_idiomatic(match["pair"]):
        return None
    ends = tuple(match["pair"]) if match["pair"] else ("一" if lead else "二", "九")
    bounds = [parse_number(f"{_stem(lead)}{end}{tail}") for end in ends]
    low, high = bounds
    return None if low is None or high is None or low >= high else (low, high)


def _is_idiomatic(pair: str) -> bool:
    low, high = (_values()[digit] for digit in pair)
    return high - low == 1 or pair == "三五"


def _stem(lead: str) -> str:
    """Arabic tens take a Chinese digit as a number of its own: 20几 is 二十 and a digit."""
    if lead.isascii() and lead:
        tens = int(lead) // 10
        return f"{tens}十" if tens < 10 else ""
    return lead
