"""The word list in jieba's package, read without importing jieba.

Importing jieba and letting it build its table of words and their beginnings takes half a second and 70 MB; to look
words up, the list itself is enough.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from ecomlink_nlp.errors import ResourceError

_CHUNK = 1 << 19


@cache
def word_frequencies() -> tuple[dict[str, int], int]:
    """Return how often each word of jieba's list (MIT) was counted, and the sum of all counts.

    >>> frequencies, total = word_frequencies()
    >>> 0 < frequencies["音箱"] < frequencies["手机"] < total
    True
    """
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ResourceError("jieba's word list is missing. Install the package jieba.")
    frequencies: dict[str, int] = {}
    total = 0
    with (Path(spec.origin).parent / "dict.txt").open("rb") as file:
        # A line is word, count and tag. In pieces of some size, since a split of the whole takes 100 MB for a moment.
        while piece := file.read(_CHUNK):
            cells = (piece + file.readline()).decode().split()
            counts = list(map(int, cells[1::3]))
            total += sum(counts)
            frequencies.update(zip(cells[::3], counts, strict=True))
    return frequencies, total
