"""The date that a user gives a document."""

import re
from datetime import date

from ecomlink_nlp.errors import ReadError

_PARTIAL = re.compile(r"\d{4}(?:-\d\d)?(?:-\d\d)?", re.ASCII)


def checked_date(words: str) -> str:
    """Return a year, month or day in ISO 8601 as it is; raise `ReadError` for anything else.

    >>> checked_date("2022"), checked_date("2022-02"), checked_date("2022-02-15")
    ('2022', '2022-02', '2022-02-15')
    >>> checked_date("2022-02-30")
    Traceback (most recent call last):
    ...
    ecomlink_nlp.errors.ReadError: '2022-02-30' is no date such as 2022, 2022-02 or 2022-02-15
    """
    if isinstance(words, str) and _PARTIAL.fullmatch(words):
        try:
            date.fromisoformat(words + "-01-01"[len(words) - 4 :])
        except ValueError:
            pass
        else:
            return words
    raise ReadError(f"{words!r} is no date such as 2022, 2022-02 or 2022-02-15")
