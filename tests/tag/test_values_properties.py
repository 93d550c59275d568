"""Properties of values that hold for any text and any number."""

from hypothesis import given
from hypothesis import strategies as st

from ecomlink_nlp.tag.values import find_values
from ecomlink_nlp.tag.values.numerals import parse_number
from ecomlink_nlp.tag.values.occurrences import find_numerals

PIECES = st.sampled_from(
    [*"0123456789.,%-~ 一二两三四五六七八九十百千万亿零半数几多余来第成折倍元块毛个家约近超上点分之又至到$¥（）\n年月日",
     "HK$", "RMB ", "以上", "左右", "百分", "美元", "平方米", "快手", "a", "３", "億", " million", "&nbsp;"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def spelled(number: int) -> str:
    """The Chinese numeral of a number below 10 000 0000 0000, in the standard form."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]

    def section(part: int) -> str:
        out, zero = "", False
        for place in (3, 2, 1, 0):
            digit = part // 10**place % 10
            if digit:
                out += ("零" if zero and out else "") + digits[digit] + units[place]
                zero = False
            else:
                zero = True
        return out

    out = ""
    for magnitude, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part = number // magnitude % 10**4
        if part:
            out += ("零" if out and part < 1000 else "") + section(part) + name
    return out or "零"


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_spelled_numbers_are_read_back(number: int) -> None:
    assert parse_number(spelled(number)) == number


@given(st.integers(min_value=0, max_value=10**15))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert parse_number(f"{number:,}") == parse_number(str(number)) == number


@given(TEXTS, st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5)), max_size=3))
def test_values_are_sorted_disjoint_and_clear_of_blocked_spans(
    text: str, spans: list[tuple[int, int]]
) -> None:
    blocked = [(start, min(len(text), start + length)) for start, length in spans if start < len(text)]
    position = 0
    for value in find_values(text, blocked):
        assert position <= value.start < value.end <= len(text)
        assert not any(start < value.end and value.start < end for start, end in blocked)
        assert (value.value is None) == (value.low is not None and value.high is not None)
        assert value.low is None or value.high is None or value.low < value.high
        assert not text[value.start].isspace()
        assert not text[value.end - 1].isspace()
        position = value.end


@given(st.text(max_size=60) | TEXTS)
def test_any_text_is_read(text: str) -> None:
    find_values(text)
    for numeral in find_numerals(text):
        assert 0 <= numeral.start < numeral.end <= len(text)
