"""Eras by whose years a date may be counted: 康熙八年, 令和元年."""

from functools import cache

from ecomlink_nlp.resources import read_tsv

ERAS_FILE = "times_eras.tsv"
FIRST = "元"


@cache
def eras() -> dict[str, int]:
    """The first year of each era.

    >>> eras()["康熙"]
    1662
    """
    return {row["era"]: int(row["first"]) for row in read_tsv(ERAS_FILE, ("id", "era", "first"))}


def year_of_era(era: str, number: int | str) -> int:
    """The year of the Common Era that is the n-th of an era; ``元`` is the first.

    >>> year_of_era("光绪", 34), year_of_era("令和", "元")
    (1908, 2019)
    """
    return eras()[era] + (0 if isinstance(number, str) else number - 1)
