"""Who may fill a role: by the frame's types, and by what authorities and onlookers never do."""

from ecomlink_nlp.claim.authorities import is_authority
from ecomlink_nlp.claim.discourse_words import words
from ecomlink_nlp.claim.situation import Situation
from ecomlink_nlp.text.document import Argument

# Deeds of authorities that only their place and kind name: 杭州税务部门, 法国数据监管机构.
OFFICIAL = frozenset({"sanction", "require", "accuse"})
# What companies do and authorities do not.
_COMMERCIAL = frozenset(
    {"launch", "acquire", "invest", "advertise", "shut_down", "rename", "end_partnership"}
)
# What two companies do with each other, whoever of their people does it.
BETWEEN_COMPANIES = frozenset({"partner", "end_partnership"})


def accepts(s: Situation, argument: Argument) -> bool:
    """True where the frame takes such a subject; those who only look on (用户, 网友) act in no event but an accusation."""
    kind = type_of(s, argument.name)
    if is_barred(s, argument.name):
        return False
    if kind == "group" and only_looks_on(s, argument.name):
        return False
    return kind in s.hit.frame.subject or acts_officially(s, argument.name, s.hit.frame.subject)


def only_looks_on(s: Situation, name: str) -> bool:
    """True for groups that act in no such event: 用户 accuse, 店主 and 主播 buy advertisements too."""
    if s.hit.frame.predicate == "accuse" or name not in words().onlookers:
        return False
    return s.hit.frame.predicate != "advertise" or name not in words().traders


def acts_officially(s: Situation, name: str, types: frozenset[str]) -> bool:
    """True where a described authority may be the subject: 税务部门 fines, though no 商家 or 用户 does."""
    return types is s.hit.frame.subject and s.hit.frame.predicate in OFFICIAL and is_authority(name)


def is_barred(s: Situation, name: str) -> bool:
    """True where the name is an authority's and the verb is a company's: a ministry buys and launches nothing."""
    return s.hit.frame.predicate in _COMMERCIAL and is_authority(name)


def type_of(s: Situation, name: str) -> str:
    """The entity type of a name of this document, ``group`` for a described party."""
    return s.discourse.types.get(name, "group")
