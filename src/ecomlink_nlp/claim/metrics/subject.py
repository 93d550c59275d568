"""Who or what a figure belongs to, as a plain value."""

import re

from ecomlink_nlp.text.document import Argument
from ecomlink_nlp.text.light import light_dataclass

_SEASON = re.compile(r"\D{0,3}(?:双十[一二]|双\d{1,2}|\d{3}|\d·\d)")


@light_dataclass(frozen=True, slots=True)
class Subject:
    """Who or what is measured. ``named`` is False for a described group, ``counted`` True behind a number."""

    name: str
    start: int | None
    end: int | None
    how: str
    named: bool
    counted: bool = False

    def argument(self) -> Argument:
        """Return the subject as an argument of a claim."""
        return Argument("subject", self.name, self.start, self.end, self.how)


def is_season(name: str) -> bool:
    """True for a festival or yearly campaign that dates a figure rather than owns it (双11, 618, 购物节).

    >>> is_season("双11"), is_season("超级品牌日")
    (True, False)
    """
    return (
        name.endswith(("节", "季", "开门红", "中秋", "元旦", "黄金周", "长假", "假期"))
        or _SEASON.match(name) is not None
    )
