"""What a construction works on, and what it gives back."""

from collections.abc import Callable

from ecomlink_nlp.claim.discourse import Clause, Discourse
from ecomlink_nlp.claim.frames import Hit
from ecomlink_nlp.claim.roles import Roles
from ecomlink_nlp.text.document import Argument, EventClaim
from ecomlink_nlp.text.light import light_dataclass

Owner = Callable[[str], str | None]


@light_dataclass(frozen=True, slots=True)
class Situation:
    """A hit with the roles of its clause and the claims made before: what a construction works on."""

    discourse: Discourse
    clause: Clause
    hit: Hit
    roles: Roles
    owner: Owner
    earlier: list[EventClaim]


@light_dataclass(frozen=True, slots=True)
class Filled:
    """Subjects (empty: nobody is named) and objects of an event."""

    subjects: list[Argument]
    objects: list[Argument]
    both_ways: bool = False
    pairwise: bool = False
    """The first subject goes with the first object, and so on: 淘宝联盟与京东联盟是淘宝与京东创建的平台."""
    told_in: Clause | None = None
    """The clause that says when, where it is another one: 工信部7月1日通知,各平台须在8月前整改."""
