"""Regular expressions that are compiled when a text first needs them.

The rules hold more than a thousand patterns, and compiling all of them takes a third of a second; a document needs a
fraction.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

_METHODS = ("search", "match", "fullmatch", "finditer", "sub")


class LazyPattern:
    """Stands for ``re.compile(pattern, flags)``, which runs at the first use of one of its methods.

    >>> lazy = LazyPattern("京东|淘宝")
    >>> lazy.search("在淘宝上")[0], lazy.pattern
    ('淘宝', '京东|淘宝')
    """

    __slots__ = ("flags", "pattern", *_METHODS)

    pattern: str
    search: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    sub: Callable[..., str]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> Any:
        # Called only while a slot is empty: the compiled pattern's methods fill all of them at once.
        if name not in _METHODS:
            raise AttributeError(name)
        self.compile()
        return object.__getattribute__(self, name)

    def compile(self) -> None:
        """Compile now; raises ``re.error`` where the pattern is no regular expression."""
        compiled = re.compile(self.pattern, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))

    def __reduce__(self) -> tuple[type["LazyPattern"], tuple[str, int]]:
        return LazyPattern, (self.pattern, self.flags)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LazyPattern) and (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self) -> int:
        return hash((self.pattern, self.flags))
