"""Text as Unicode scalar values: what UTF-8, and so JSON and every search in it, can hold."""

import re

_SURROGATE = re.compile("[\ud800-\udfff]")


def scalar_values(text: str) -> str:
    """Return ``text`` with U+FFFD in place of every surrogate, so that offsets stay.

    A Python string can hold halves of surrogate pairs (from ``json.loads`` of a cut escape, or from
    ``errors="surrogateescape"``); they stand for no character and cannot be written to any file.

    >>> scalar_values("快手\\ud83d电商") == "快手\\ufffd电商"
    True
    """
    return _SURROGATE.sub("\ufffd", text)
