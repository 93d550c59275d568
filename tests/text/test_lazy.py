"""Lazy patterns behave as compiled ones."""

import pickle
import re

import pytest

from ecomlink_nlp.text.lazy import LazyPattern


def test_methods_are_those_of_the_compiled_pattern() -> None:
    lazy, eager = LazyPattern(r"(\d+)万", re.MULTILINE), re.compile(r"(\d+)万", re.MULTILINE)
    text = "卖出3万件，退回12万件"
    assert [m.span() for m in lazy.finditer(text)] == [m.span() for m in eager.finditer(text)]
    assert [m[0] for m in (lazy.search(text, 3), eager.search(text, 3)) if m] == ["12万", "12万"]
    assert lazy.match(text) is None
    assert lazy.sub("N", text) == eager.sub("N", text)


def test_a_wrong_pattern_fails_when_compiled() -> None:
    lazy = LazyPattern("(")
    with pytest.raises(re.error):
        lazy.compile()
    with pytest.raises(AttributeError):
        _ = lazy.split


def test_it_crosses_between_processes() -> None:
    lazy = LazyPattern("京东")
    lazy.compile()
    assert pickle.loads(pickle.dumps(lazy)) == lazy
