"""Unknown names right behind the noun that says what they are: 女鞋品牌慕铃撤出唯品会, 坚果厂果壳岭把….

Notes for a newcomer. Chinese puts the kind before the name and nothing between the name and what follows, so the
whole question is where the name ends. It ends at punctuation, at a known name, at a word of grammar (在, 的, 把) or at
the first ordinary word of two characters; what is left must be no ordinary word itself.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.segment.words import best_segmentation, word_frequency
from ecomlink_nlp.tag.entities.persons import plain_words
from ecomlink_nlp.text.document import Entity

_WINDOW = 9  # characters behind the kind in which a name must end
_RARE = 250  # occurrences in jieba's counts: 果壳 may begin a name (果壳岭), 推出 and 形象 do not
_SHORTEST, _LONGEST = 2, 5  # characters of a name without quotation marks
_PLACING = frozenset("上中下里前后")  # no name ends before them after one character: 云上檐
_GOES_ON = frozenset("化产业品类馆园区界圈师局部站网费量商人者平")
_ASPECT = frozenset("了着过")  # right behind a verb
_RUN = re.compile(r"[\u4e00-\u9fff]{1,9}")
# 禾家优选（以下简称“本公司”）现公告如下: a notice names its own party
_DEFINED = re.compile(
    r"(?:^|(?<=[\n。；，：、\s]))(?P<name>[\u4e00-\u9fffA-Za-z0-9]{2,12})[（(](?:以下|下文)?(?:统?简称|称)(?:为)?[“「\"']?(?:本?公司|本?平台|本?集团|我们|我司|本品牌)",
    re.MULTILINE,
)
# 驻马店的茶马记门店里: whose shops they are
_SHOPS = re.compile(r"(?:门店|旗舰店|直营店|加盟店|加盟商|专卖店|专柜)")
_ROLE = re.compile(
    r"业者|商家|卖家|从业|负责|董秘|总监|主管|经理|老板|客服|员工|高管|创始|合伙|方面|股东|旗下|官方|官网|官微|公告|内部|全员|本身|自身|自己|自家|名称|名字"
)
_QUOTED = re.compile(r"[“「『](?P<name>[\u4e00-\u9fffA-Za-z0-9·]{2,8})[”」』]")


@dataclass(frozen=True, slots=True)
class _Kinds:
    pattern: re.Pattern[str]
    type: dict[str, str]
    stop: frozenset[str]
    heads: frozenset[str]
    verbs: frozenset[str]
    trades: frozenset[str]


@cache
def _kinds() -> _Kinds:
    data = read_toml("name_kinds.toml")
    types = {noun: kind for kind, nouns in data["kinds"].items() for noun in nouns}
    nouns = "|".join(sorted(map(re.escape, types), key=len, reverse=True))
    refer = data["edges"]["refer"]
    # A kind alone (公司…) introduces nobody: what sort of company it is stands before it. 有限公司 ends a name itself.
    return _Kinds(
        re.compile(
            rf"(?<=[\u4e00-\u9fffA-Za-z][^\W{refer}])(?<!有限)(?P<kind>{nouns})(?=[\u4e00-\u9fff“「『])"
        ),
        types,
        frozenset(data["edges"]["stop"]),
        frozenset(data["edges"]["heads"]),
        frozenset(data["edges"]["verbs"]),
        frozenset(data["edges"]["trades"]),
    )


def apposed_names(text: str, blocked: Callable[[int], bool]) -> Iterator[Entity]:
    """Yield the unknown names behind a kind; ``blocked(i)`` says that character ``i`` belongs to a known name.

    >>> [e.name for e in apposed_names("女鞋品牌慕铃撤出唯品会，转投拼多多", lambda i: False)]
    ['慕铃']
    >>> list(apposed_names("这家公司股价大跌，女鞋品牌形象受损", lambda i: False))
    []
    """
    kinds = _kinds()
    for match in kinds.pattern.finditer(text):
        if blocked(match.start("kind")):
            continue  # 齐心集团|躺枪: the noun ends a known name
        start = match.end()
        quoted = _QUOTED.match(text, start)
        if quoted is not None:
            start, end = quoted.span("name")
        else:
            end = _end(text, start, blocked)
        name = text[start:end]
        if not end or any(blocked(position) for position in range(start, end)) or name in plain_words():
            continue
        if quoted is None and (word_frequency(name) or _ROLE.match(name)):
            continue
        yield Entity(start, end, kinds.type[match["kind"]], name, None, "apposed", 0.7)
    for match in _SHOPS.finditer(text):
        start = _start(text, match.start(), blocked)
        name = text[start : match.start()]
        if start and not word_frequency(name) and name not in kinds.trades:
            yield Entity(start, match.start(), "ORG", name, None, "shops", 0.7)
    for match in _DEFINED.finditer(text):
        start, end = match.span("name")
        if (
            not any(blocked(position) for position in range(start, end))
            and match["name"] not in plain_words()
        ):
            yield Entity(start, end, "ORG", match["name"], None, "defined", 0.9)


def _end(text: str, start: int, blocked: Callable[[int], bool]) -> int:
    """Where the name that starts at ``start`` ends, 0 where no name starts there."""
    run = _RUN.match(text, start, start + _WINDOW)
    if run is None:
        return 0
    kinds = _kinds()
    stop, end = kinds.stop, start
    limit = next((position for position in range(*run.span()) if blocked(position)), run.end())
    for first, last in best_segmentation(text[start:limit]):
        word = text[start + first : start + last]
        if word[0] in stop and (len(word) == 1 or end == start) and not (first == 1 and word in _PLACING):
            break
        if len(word) > 1 and end - start >= _SHORTEST and word in kinds.heads:
            return start + last  # 锚点研究, 拍付国际
        if len(word) > 1 and not (end == start or (first == 1 and text[start] not in kinds.verbs)):
            break
        if len(word) > 1 and word_frequency(word) > _RARE:
            head = _head_behind(text, start + last) if end == start and word not in plain_words() else ""
            if head:
                return start + last + len(head)  # 北风|快运
            break
        end = start + last
    if end - start > _SHORTEST and text[end : end + 1] in _ASPECT:
        end -= 1  # 金碗|签了独家条款
    if end > start and text[end - 1] in _PLACING:
        return 0
    return end if _SHORTEST <= end - start <= _LONGEST else 0


def _head_behind(text: str, end: int) -> str:
    """The word that ends a company's name, where one stands there and is no beginning of a longer word (…科技|园)."""
    heads = _kinds().heads
    head = next((text[end : end + length] for length in (3, 2) if text[end : end + length] in heads), "")
    return head if head and text[end + len(head) : end + len(head) + 1] not in _GOES_ON else ""


def _start(text: str, end: int, blocked: Callable[[int], bool]) -> int:
    """Where the name that ends at ``end`` starts: behind the last ordinary word; 0 where it has no such form."""
    left = max(0, end - _LONGEST - 1)
    start = end
    for first, last in reversed(best_segmentation(text[left:end])):
        word = text[left + first : left + last]
        if len(word) > 1 or word in _kinds().stop or not _RUN.fullmatch(word) or blocked(left + first):
            return start if _SHORTEST <= end - start < _LONGEST else 0
        start = left + first
    return 0
