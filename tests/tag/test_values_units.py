"""The unit and modifier tables: each row does what it says."""

import pytest

from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.tag.values import find_values

UNITS = read_tsv("values_units.tsv", ("id", "form", "kind", "place", "unit", "factor", "not_before"))
MODIFIERS = read_tsv("values_modifiers.tsv", ("id", "form", "side", "mod", "not_after", "not_before"))
CLASSIFIERS = read_tsv("values_classifiers.tsv", ("id", "form"))

AMBIGUOUS = {"watt_latin"}
"""40W alone is 400,000; the cases hold 65W快充."""


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=row["id"]) for row in UNITS if row["id"] not in AMBIGUOUS]
)
def test_unit_is_read_where_it_may_stand(row: dict[str, str]) -> None:
    sides = {"after": [f"共40{row['form']}。"], "before": [f"共{row['form']}40。"]}
    sides["both"] = sides["after"] + sides["before"]
    for text in sides[row["place"]]:
        (value,) = find_values(text)
        assert (value.start, value.end) == (1, len(text) - 1)
        assert value.value == pytest.approx(40 * float(row["factor"]))
        assert value.unit == row["unit"]
        assert value.type == ("QUANTITY" if row["kind"] == "quantity" else "MONEY")


DENIALS = [row["form"] for row in MODIFIERS if row["side"] == "denial"]
BOUNDS = [row for row in MODIFIERS if row["side"] != "denial"]


@pytest.mark.parametrize("form", DENIALS)
def test_denial_turns_the_bound(form: str) -> None:
    for bound, mod in (("超过", "EQUAL_OR_LESS"), ("突破", "EQUAL_OR_LESS"), ("少于", "EQUAL_OR_MORE")):
        (value,) = find_values(f"销量{form}{bound}300万件。")
        assert value.mod == mod


@pytest.mark.parametrize("row", BOUNDS, ids=[row["id"] for row in BOUNDS])
def test_modifier_bounds_its_numeral(row: dict[str, str]) -> None:
    form = row["form"]
    gap = " " if form.isascii() else ""
    text = {
        "before": f"为{form}{gap}300万元。",
        "after": f"为300万元{form}。",
        "apart": f"{form}对手的30%。",
        "lead": f"有{form}百万。",
        "within": f"有30{form}家。",
        "whole": f"有{form}用户。",
    }[row["side"]]
    (value,) = find_values(text)
    assert value.mod == row["mod"]


@pytest.mark.parametrize("form", [row["form"] for row in CLASSIFIERS])
def test_classifier_lets_a_digit_count_and_stays_outside(form: str) -> None:
    text = f"这七{form}。"
    values = find_values(text)
    assert [(value.start, value.end, value.value) for value in values] == [(1, 2, 7.0)]


def test_ids_and_forms_stand_once() -> None:
    for name in ("values_units.tsv", "values_classifiers.tsv", "values_exclusions.tsv"):
        forms = [row["form"] for row in read_tsv(name, ("id", "form"))]
        assert len(forms) == len(set(forms))


def test_one_taiwan_dollar_sum_stands_for_the_others_in_a_regional_text() -> None:
    text = "拟砸下新台币57亿元入股，去年营收7亿元、净利1亿元。"
    assert [v.unit for v in find_values(text, regional=True)] == ["TWD", "TWD", "TWD"]
    assert [v.unit for v in find_values(text)] == ["TWD", "CNY", "CNY"]
