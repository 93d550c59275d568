"""Mistakes of callers are named when they are made, not by what breaks later."""

from collections.abc import Callable

import pytest

import ecomlink_nlp as ecom
from ecomlink_nlp.errors import EcomlinkError

TEXT = "快手屏蔽了抖音的链接。"


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ecom.extract(TEXT, date="2022-13"), EcomlinkError, "'2022-13' is no date such as 2022, 2022-02 or"),
        (lambda: ecom.extract(TEXT, date="20220215"), EcomlinkError, "is no date"),
        (lambda: ecom.load(date="soon"), EcomlinkError, "'soon' is no date"),
        (lambda: setattr(ecom.load().make_doc(TEXT)._, "date", "3月"), EcomlinkError, "'3月' is no date"),
        (lambda: ecom.extract(TEXT.encode()), TypeError, "a text is a str, not bytes"),
        (lambda: list(ecom.extract_many(TEXT)), TypeError, "many texts, such as a list"),
        (lambda: ecom.view([ecom.extract(TEXT)]), TypeError, "one by one"),
        (lambda: ecom.records_to_frame([], "claim"), EcomlinkError, "'claim' are no rows; take one of claims"),
        (lambda: ecom.records_to_frame([], library="arrow"), EcomlinkError, "take pandas or polars"),
    ],
)  # fmt: skip
def test_mistakes_are_named(call: Callable[[], object], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        call()
