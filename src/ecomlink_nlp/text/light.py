"""Immutable classes of which a document makes thousands.

Notes for a newcomer. Python makes an object of a frozen dataclass in four times the time of a plain one, since each field goes
through a call. That nothing changes these objects is checked all the same, by mypy, to which they are frozen.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

__all__ = ["light_dataclass"]

_Class = TypeVar("_Class", bound=type)

if TYPE_CHECKING:
    from dataclasses import dataclass as light_dataclass
else:

    def light_dataclass(*, frozen: bool, slots: bool) -> Callable[[_Class], _Class]:
        """Return what ``dataclass`` does for frozen classes, without the check at run time.

        >>> @light_dataclass(frozen=True, slots=True)
        ... class Place:
        ...     start: int
        ...     end: int
        >>> Place(1, 2) == Place(1, 2), hash(Place(1, 2)) == hash(Place(1, 2)), Place(1, 2)
        (True, True, Place(start=1, end=2))
        """
        assert frozen
        return dataclass(slots=slots, unsafe_hash=True)
