"""Finds every numeral of a text, whether it counts, dates or numbers something.

`find_values` asks what is measured; this asks only where numerals stand and what number they are. It reads the
wider forms that prose hardly has: gaps inside a numeral, mixed fractions, exponents, dozens.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ecomlink_nlp.tag.values.exclusions import in_fixed_word
from ecomlink_nlp.tag.values.grammar import grammar
from ecomlink_nlp.tag.values.numerals import plain
from ecomlink_nlp.tag.values.reading import read_numeral

_FORMAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_DIGITS = f"零〇一二两三四五六七八九{_FORMAL[:9]}"
_CHINESE = rf"(?!百[ ]*分[ ]*点)[{_DIGITS}{_FORMAL}十百千万亿兆几数廿卅]"
_DECIMALS = _DIGITS.replace("两", "")
_WORD = rf"{_CHINESE}+(?:[ ]+{_CHINESE}+)*(?:[ ]*点[{_DECIMALS}0-9]+[万亿]*)?"
_ARABIC = r"(?:(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?|(?<!\.)\.[0-9]+)"
_MIXED = rf"{_ARABIC}(?:[ ]*[百千万亿兆]+(?:[0-9]{{1,4}}[百千万]?)?|[wWkKMG](?![A-Za-z]))?"
_ONE = rf"(?:{_MIXED}|{_WORD})"
_NUMERAL = re.compile(
    rf"(?P<sign>负|(?<![\w%])-)?(?:"
    rf"(?:(?P<whole>{_ONE})[ ]*又[ ]*)?(?P<den>{_ONE})[ ]*分[ ]*之[ ]*(?P<num>负?{_ONE})"
    rf"|(?P<units>[0-9]+[ ])?(?P<over>[0-9]+)/(?P<under>[0-9]+)(?![0-9/])"
    rf"|(?P<base>{_ARABIC})[eE](?P<exponent>[+-]?[0-9]+)|(?P<root>[0-9]+(?:\.[0-9]+)?)\^(?P<power>[+-]?[0-9]+)"
    rf"|(?P<half>一?半(?=个|$))|(?P<plain>{_ONE})(?P<dozen>打(?![开造击工折扮仗电听算包印]))?)"
)
_LONE_FORMAL = re.compile(f"[{_FORMAL}]")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral at ``[start, end)``; a vague one (数亿) has a ``high`` above its ``value``."""

    start: int
    end: int
    value: float
    high: float | None = None


def find_numerals(text: str) -> list[Numeral]:
    """Return every numeral of ``text`` that is not part of an idiom or name.

    >>> [numeral.value for numeral in find_numerals("二百五, 3又二分之一, -1.2M, 四川")]
    [250.0, 3.5, -1200000.0]
    """
    text = grammar().plain(text)
    found: list[Numeral] = []
    position = 0
    while match := _NUMERAL.search(text, position):
        numeral = _read(text, match)
        position = match.end() if numeral else match.start() + 1
        if numeral and not in_fixed_word(text, match.start(), match.end(), "count"):
            found.append(numeral)
    return found


def _read(text: str, match: re.Match[str]) -> Numeral | None:
    value, high, end = _value(match), None, match.end()
    if match["plain"]:
        if _LONE_FORMAL.fullmatch(match["plain"]) and not match["dozen"] and _in_word(text, match):
            return None
        reading = read_numeral(plain(match["plain"]))
        if reading is None:
            return None
        value, high = reading.low, reading.high
        if match["dozen"]:
            value *= 12
    if value is None:
        return None
    return Numeral(
        match.start(), end, float(-value if match["sign"] else value), None if high is None else float(high)
    )


def _in_word(text: str, match: re.Match[str]) -> bool:
    """A formal numeral alone in running text is an ordinary character (陆地, 拾起)."""
    after = text[match.end() : match.end() + 1]
    return "\u4e00" <= after <= "\u9fff" or text[: match.start()].strip() != ""


def _value(match: re.Match[str]) -> Decimal | None:
    """The value of the forms that `read_numeral` does not read."""
    try:
        if match["den"]:
            below, above = _number(match["den"]), _number(match["num"].lstrip("负"))
            part = above / below * (-1 if match["num"].startswith("负") else 1)
            return (_number(match["whole"]) if match["whole"] else Decimal(0)) + part
        if match["over"]:
            return Decimal(match["units"] or 0) + Decimal(match["over"]) / Decimal(match["under"])
        if match["exponent"]:
            return Decimal(match["base"].replace(",", "")) * Decimal(10) ** int(match["exponent"])
        if match["power"]:
            return Decimal(match["root"]) ** int(match["power"])
        return Decimal("0.5") if match["half"] else None
    except (InvalidOperation, ZeroDivisionError, OverflowError):
        return None


def _number(form: str) -> Decimal:
    reading = read_numeral(plain(form))
    if reading is None:
        raise InvalidOperation(form)
    return reading.low
