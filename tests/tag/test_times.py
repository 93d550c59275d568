"""Times: the grammar's own examples, cases in context, and properties."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecomlink_nlp.resources import parse_tsv, read_tsv
from ecomlink_nlp.tag.times import find_times, infer_document_date
from ecomlink_nlp.tag.times.calendars import lunar_day
from ecomlink_nlp.tag.times.document_year import LANDMARKS_FILE
from ecomlink_nlp.tag.times.duration import duration_pattern
from ecomlink_nlp.tag.times.grammar import WORD_COLUMNS, WORDS_FILE, rules
from ecomlink_nlp.text.document import Entity, Time

CASES = Path(__file__).parents[1] / "cases"
EXAMPLE_DATE = "2021-09-15"


def rows(name: str, *columns: str) -> list:
    """The rows of a case file as parameters; known failures as strict xfails."""
    found = parse_tsv((CASES / name).read_text(encoding="utf-8"), ("id", *columns, "status", "note"), name)
    return [
        pytest.param(
            row,
            id=row["id"],
            marks=[pytest.mark.xfail(strict=True, reason=row["note"])]
            if row["status"] == "known_failure"
            else [],
        )
        for row in found
    ]


def written(text: str, time: Time) -> str:
    """``span=value@MOD``, the form of the case file."""
    return f"{text[time.start : time.end]}={time.timex}" + (f"@{time.mod}" if time.mod else "")


@pytest.mark.parametrize("row", rows("times.tsv", "date", "text", "expected"))
def test_cases(row: dict[str, str]) -> None:
    text = row["text"].replace("⏎", "\n")
    found = " ; ".join(written(text, time) for time in find_times(text, row["date"] or None))
    assert found == row["expected"]


def examples() -> list:
    """Every example of the grammar with its value."""
    sections = [*((atom["id"], atom) for atom in rules()["atom"]), ("duration", rules()["duration"])]
    return [
        pytest.param(text, value, id=f"{name}-{text}")
        for name, section in sections
        for text, value in section.get("examples", {}).items()
    ]


@pytest.mark.parametrize(("text", "value"), examples())
def test_examples_of_the_grammar(text: str, value: str) -> None:
    assert [time.timex for time in find_times(text, EXAMPLE_DATE)] == ([value] if value else [])


@pytest.mark.parametrize(
    "text", [text for atom in [*rules()["atom"], rules()["duration"]] for text in atom.get("not", [])]
)
def test_counterexamples_of_the_grammar(text: str) -> None:
    assert find_times(text, EXAMPLE_DATE) == []


@pytest.mark.parametrize("row", read_tsv(WORDS_FILE, WORD_COLUMNS), ids=lambda row: row["id"])
def test_words(row: dict[str, str]) -> None:
    text = f"2019年6月5日上线。{row['form']}"
    assert [time.timex for time in find_times(text, EXAMPLE_DATE)][1:] == (
        [row["value"]] if row["value"] else []
    )


@pytest.mark.parametrize(
    ("text", "value", "interval"),
    [
        ("2022年3月1日起", "2022-03-01", ("2022-03-01", None)),
        ("2018年以后", "2018", ("2019-01-01", None)),
        ("17日以前", "2021-09-17", (None, "2021-09-17")),
        ("三季度", "2021-Q3", ("2021-07-01", "2021-10-01")),
        ("6月1日到18日", "2021-06-01/2021-06-18", ("2021-06-01", "2021-06-19")),
        ("8月15日24:00", "2021-08-15T24:00", ("2021-08-16", "2021-08-16T00:01")),
        ("8月15日晚", "2021-08-15", ("2021-08-15T18:00", "2021-08-16")),
        ("过去一年", "P1Y", ("2020-09-15", "2021-09-15")),
        ("三天", "P3D", None),
    ],
)
def test_intervals(text: str, value: str, interval: tuple[str | None, str | None] | None) -> None:
    (time,) = find_times(text, EXAMPLE_DATE)
    assert (time.timex, time.interval) == (value, interval)


def test_messages_look_ahead() -> None:
    text = "周一妇女节"
    assert find_times(text, EXAMPLE_DATE)[0].timex == "2021-09-13"
    assert [time.timex for time in find_times(text, EXAMPLE_DATE, genre="message")] == [
        "2021-09-20",
        "2022-03-08",
    ]


@pytest.mark.parametrize("row", rows("times_messages.tsv", "date", "text", "value", "from", "to"))
def test_intervals_of_messages(row: dict[str, str]) -> None:
    (time,) = find_times(row["text"], row["date"], genre="message")
    assert (time.timex, time.interval) == (row["value"], (row["from"] or None, row["to"] or None))


def test_an_article_tells_when() -> None:
    (time,) = find_times("三个月以前,公司易主。", "2021-06-14")
    assert time.interval == ("2021-03-01", "2021-04-01")


def test_names_hold_no_times() -> None:
    text = "今日头条与2021年的故事"
    assert find_times(text, EXAMPLE_DATE, entities=[Entity(5, 10, "WORK", "2021年")]) == []


def test_same_day_is_the_days_of_its_party() -> None:
    text = "快手于11月21日交出成绩单。微博11月9日已披露。快手同日宣布回购。"
    parties = [Entity(m.start(), m.end(), "PLATFORM", m[0]) for m in re.finditer("快手|微博", text)]
    assert [time.timex for time in find_times(text, "2023-11-22", entities=parties)][-1] == "2023-11-21"


def test_fiscal_years_differ_by_company() -> None:
    text = "阿里巴巴2023财年收入8686亿元,其中第四财季增长2%。"
    alone = find_times(text, EXAMPLE_DATE)
    named = find_times(text, EXAMPLE_DATE, entities=[Entity(0, 4, "ORG", "阿里巴巴")])
    assert [time.timex for time in alone] == ["2023", "2023-Q4"]
    assert [time.timex for time in named] == ["2022-04/2023-03", "2023-Q1"]


@pytest.mark.parametrize(
    ("year", "spring_festival"),
    [(1990, date(1990, 1, 27)), (2000, date(2000, 2, 5)), (2012, date(2012, 1, 23)), (2014, date(2014, 1, 31)),
     (2020, date(2020, 1, 25)), (2021, date(2021, 2, 12)), (2022, date(2022, 2, 1)), (2023, date(2023, 1, 22)),
     (2024, date(2024, 2, 10)), (2025, date(2025, 1, 29)), (2033, date(2033, 1, 31))],
)  # fmt: skip
def test_lunar_new_year(year: int, spring_festival: date) -> None:
    found = lunar_day(year, 1, 1)
    assert found is not None
    assert found.date() == spring_festival


@pytest.mark.parametrize("row", rows("times_document_date.tsv", "text", "date"))
def test_document_date(row: dict[str, str]) -> None:
    assert infer_document_date(row["text"].replace("⏎", "\n")) == (row["date"] or None)


def test_document_date_after_a_fiscal_year_of_the_company() -> None:
    text = "阿里巴巴2023财年收入8687亿元。5月18日公布的财报显示,零售收入下降。去年此时,它在谈复苏。"
    assert infer_document_date(text, entities=[Entity(0, 4, "ORG", "阿里巴巴")]) == "2023-05"


def test_landmarks_hold_days_and_months() -> None:
    rows = read_tsv(LANDMARKS_FILE, ("id", "kind", "date", "words"))
    assert len({row["id"] for row in rows}) == len(rows)
    assert {len(row["date"]) for row in rows if row["kind"] == "event"} == {10}
    assert {len(row["date"]) for row in rows if row["kind"] == "since"} == {7}


PIECES = st.sampled_from(
    ["2021年", "去年", "次年", "3月", "12月", "30日", "二月", "上周", "周三", "晚8点", "24:00", "到", "-", "前", "后", "起", "以来",
     "三个月", "两年多", "近", "几", "第", "四季度", "同期", "财年", "。", ",", "\n", "快手", "的", "99", "年初", "底", "中旬", "618", "农历", " "]
)  # fmt: skip
DATES = st.sampled_from([None, "2021", "2022-02", "2021-09-30", "2024-02-29"])


@given(st.lists(PIECES, max_size=12).map("".join), DATES)
def test_spans_are_sorted_disjoint_and_inside(text: str, day: str | None) -> None:
    end = 0
    for time in find_times(text, day, genre="message"):
        assert end <= time.start < time.end <= len(text)
        assert time.interval is None or None in time.interval or time.interval[0] <= time.interval[1]  # type: ignore[operator]
        end = time.end


@given(st.text(max_size=60), DATES)
def test_any_text_is_read(text: str, day: str | None) -> None:
    find_times(text, day)
    infer_document_date(text)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_full_dates_need_no_context(day: date) -> None:
    text = f"{day.year}年{day.month}月{day.day}日"
    (time,) = find_times(text, None)
    assert time.timex == day.isoformat()
    assert time.interval == (day.isoformat(), (day + timedelta(days=1)).isoformat())


def test_rules_are_tried_where_they_can_begin() -> None:
    parser = pytest.importorskip("re._parser")
    for atom in [*rules()["atom"], {**rules()["duration"], "id": "duration", "pattern": duration_pattern()}]:
        assert _first_characters(parser.parse(atom["pattern"])) <= set(atom["first"]), atom["id"]


def _first_characters(sequence: object) -> set[str]:
    """The characters that a parsed pattern can begin with."""
    found: set[str] = set()
    for operator, argument in sequence:  # type: ignore[attr-defined]
        name = str(operator)
        if name in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        if name == "LITERAL":
            return found | {chr(argument)}
        if name == "IN":
            for kind, value in argument:
                if str(kind) == "RANGE":
                    found |= {chr(code) for code in range(value[0], value[1] + 1)}
                else:
                    found |= {chr(value)} if str(kind) == "LITERAL" else set("0123456789")
            return found
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            found |= _first_characters(argument[2])
            if argument[0] > 0:
                return found
        elif name == "SUBPATTERN":
            found |= _first_characters(argument[3])
            return found
        elif name == "BRANCH":
            for branch in argument[1]:
                found |= _first_characters(branch)
            return found
        else:
            raise AssertionError(name)
    return found


def test_time_is_linear() -> None:
    text = "2021年" * 20000 + "1" * 20000 + "三" * 20000
    assert len(find_times(text, "2021")) >= 20000
