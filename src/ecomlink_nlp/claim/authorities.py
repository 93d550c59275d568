"""Who rules by office: ministries, courts, supervisors, by the end of their names."""

import re
from functools import cache

from ecomlink_nlp.resources import read_toml


def is_authority(name: str) -> bool:
    """True for government bodies, courts and those who act for them, however they are called.

    >>> [is_authority(name) for name in ("市场监管总局", "证监会", "杭州税务部门", "唯品会", "律师事务所")]
    [True, True, True, False, False]
    """
    return _endings().search(name) is not None


@cache
def _endings() -> re.Pattern[str]:
    endings = read_toml("discourse.toml")["authorities"]["endings"]
    return re.compile(f"(?:{'|'.join(map(re.escape, endings))})$")
