"""The word lists of the name patterns, as regular expressions."""

import re
from collections.abc import Callable
from functools import cache

from ecomlink_nlp.resources import read_toml

# 将 may be part of a name (广州|三帅六将) and is none where 已, 也 or 又 stands before it.
FUNCTION = re.compile(
    r"[的所家个名位多几各某这那和与及或在从向对把被由为是有了着两已也就便又再还未不要会能其该此]"
)
"""A character that holds a sentence together and stands in hardly any name."""
Blocked = Callable[[int], bool]
"""Whether a character belongs to a known name."""
Check = Callable[[re.Match[str], Blocked], tuple[int, int] | None]
"""Takes the match of a pattern with the group ``name`` and returns the span of the name, or None where there is none."""


@cache
def words(name: str) -> re.Pattern[str]:
    """Return the packaged list ``name`` as alternatives, longest first."""
    return re.compile(alternatives(read_toml("name_patterns.toml")["words"][name]))


def alternatives(cell: str) -> str:
    """Return the words of ``cell`` as alternatives of a regular expression, longest first."""
    return "|".join(re.escape(word) for word in sorted(set(cell.split()), key=len, reverse=True))
