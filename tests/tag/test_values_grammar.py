"""Every example beside a rule of the grammar, and every case row, holds."""

from pathlib import Path

import pytest

from ecomlink_nlp.resources import parse_tsv, read_toml
from ecomlink_nlp.tag.values import find_values
from ecomlink_nlp.text.document import Value

CASES = Path(__file__).parents[1] / "cases" / "values.tsv"


def examples() -> list[tuple[str, str]]:
    """The examples of ``values.toml`` with the id of their rule."""
    grammar = read_toml("values.toml")
    return [
        (rule["id"], line)
        for kind in ("tail", "exclusion")
        for rule in grammar[kind]
        for line in rule["examples"]
    ]


def shown(text: str, value: Value) -> str:
    """A value in the notation of the examples."""
    numbers = f"{value.low:.10g}..{value.high:.10g}" if value.value is None else f"{value.value:.10g}"
    return " | ".join(
        (text[value.start : value.end], value.type, numbers, value.unit or "-", value.mod or "-")
    )


def plain_number(form: str) -> str:
    """The examples write numbers in full; compare them as floats."""
    return "..".join(f"{float(part):.10g}" for part in form.split(".."))


def expected(line: str) -> tuple[str, list[str]]:
    """The text of an example and the values that it names."""
    text, *fields = (field.strip() for field in line.replace("\\n", "\n").split("|"))
    rows = [fields[i : i + 5] for i in range(0, len(fields), 5)]
    return text, [
        " | ".join((span, kind, plain_number(number), unit, mod)) for span, kind, number, unit, mod in rows
    ]


@pytest.mark.parametrize("line", [pytest.param(line, id=f"{rule}-{line[:20]}") for rule, line in examples()])
def test_example_of_the_grammar(line: str) -> None:
    text, values = expected(line)
    assert [shown(text, value) for value in find_values(text)] == values


def rows() -> list[object]:
    """The case rows; known failures are strict xfails."""
    columns = ("id", "kind", "case", "reason")
    return [
        pytest.param(
            row["case"],
            id=row["id"],
            marks=[pytest.mark.xfail(strict=True, reason=row["reason"])]
            if row["kind"] == "known_failure"
            else [],
        )
        for row in parse_tsv(CASES.read_text(encoding="utf-8"), columns, CASES.name)
    ]


@pytest.mark.parametrize("line", rows())
def test_case(line: str) -> None:
    text, values = expected(line)
    assert [shown(text, value) for value in find_values(text)] == values
