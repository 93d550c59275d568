"""Who works for whom and what belongs to whom, as far as the document says."""

import re
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from ecomlink_nlp.claim.clauses import COMPANY_TYPES
from ecomlink_nlp.text.document import Entity

if TYPE_CHECKING:
    from ecomlink_nlp.claim.discourse import Discourse

_TITLE = re.compile(
    r"(?:^|[，,；;而但其该公司集团])(?:执行)?(?:董事长|总经理|总裁|首席执行官|CEO|创始人|创办人|负责人|发言人|财务长|营运长|执行长|副总裁|副总经理|CFO|COO)(?:兼[^，,。]{2,6})?$"
)
_REPORTER = re.compile(r"记者|编辑|特派员|通讯员|撰文|作者")
_BELONGS = re.compile(r"的?(?:旗下|名下|麾下|控股|全资)的?[\u4e00-\u9fff]{0,6}[“「]?")
_MAX_BELONGING = 12  # characters


class Affiliations:
    """The affiliations that a document states."""

    def __init__(self, discourse: "Discourse") -> None:
        self._discourse = discourse

    @cached_property
    def employers(self) -> dict[str, str]:
        """The company of each person whose role the document states: 卓敏 of 得物 in 得物公关总监卓敏."""
        found: dict[str, str] = {}
        for clause in self._discourse.clauses:
            for first, second in pairwise(clause.entities):
                if self.is_employer(first, second):
                    found.setdefault(second.name, first.name)
            for person in clause.entities:  # 董事长许世诚: of the company spoken of
                if person.type != "PERSON" or person.name in found:
                    continue
                if _TITLE.search(self._discourse.text, clause.start, person.start):
                    topic = next(iter(self._discourse.topic_before(clause) or []), None)
                    if topic is not None and topic.name in self._discourse.company_names:
                        found[person.name] = topic.name
        return found

    @cached_property
    def parents(self) -> dict[str, str]:
        """What belongs to whom by the document's own words: 嘉里快递 to 嘉里物流 in 嘉里物流旗下的嘉里快递."""
        text = self._discourse.text
        return {
            second.name: first.name
            for first, second in pairwise(self._discourse.document.entities)
            if second.start - first.end <= _MAX_BELONGING
            and _BELONGS.fullmatch(text, first.end, second.start)
        }

    def is_employer(self, first: Entity, second: Entity) -> bool:
        """True where ``first`` is the company of the person ``second`` by what stands between them."""
        return (
            first.type in COMPANY_TYPES
            and second.type == "PERSON"
            and self._discourse.is_apposed(first, second)
            and not _REPORTER.search(self._discourse.text, first.end, second.start)
        )
