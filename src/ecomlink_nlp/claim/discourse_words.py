"""The words that decide who a clause is about, compiled from ``data/discourse.toml`` once."""

import re
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.resources import read_toml

# 两家刷单店铺: the words only count
_COUNTED = re.compile(
    r"[^，,。；的与和在]{0,5}(?:店铺?|账号|直播间|机构|银行|网点|供应商|经销商|商家|卖家|媒体|工厂|仓库?|子公司|门店|商户)"
)
# 举报公司刷单, 投诉平台克扣补贴: behind these 公司 and 平台 are the ones spoken of
_ACCUSED = re.compile(
    r"(?:举报|投诉|起诉|状告|控告|控诉|指控|指责|指|批评|痛批|炮轰|质疑|曝光|告发|揭发|检举)[了过]?$"
)
_ACCUSED_OR_JUDGED = re.compile(rf"{_ACCUSED.pattern}|(?:判令|判决|裁定)$")
_ACCUSED_OR_TOLD = re.compile(rf"{_ACCUSED_OR_JUDGED.pattern}|(?:要求|责令|督促|勒令|敦促|命令|告诫)$")
_IN_COMPOUND = re.compile(
    r"企业|方面?|高管|老板|员工|法|治理|经济|规则|客服|创始|负责|商家|主播|卖家|司机|骑手|总|股|化|经营者|上的|内的|[里中]的"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words compiled for where they stand; sets and the mapping hold them as they are."""

    coordinator: re.Pattern[str]
    mention: re.Pattern[str]
    anaphor: dict[str, str]
    time_base: re.Pattern[str]
    base_words: frozenset[str]
    groups: frozenset[str]
    onlookers: frozenset[str]
    traders: frozenset[str]
    member: re.Pattern[str]
    governing: re.Pattern[str]
    says: re.Pattern[str]


@cache
def words() -> Words:
    """Return the words of ``discourse.toml``, compiled on first use."""
    data = read_toml("discourse.toml")
    anaphor = {word: kind for kind, words in data["anaphors"].items() if kind != "kinds" for word in words}

    def alternatives(words: list[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    return Words(
        coordinator=re.compile(
            rf"[”’」』》\s]*(?:App|APP|app|平台|电商|网)?(?:{alternatives(data['subject']['coordinators'])})[“‘「『《\s]*"
            # 咖啡品牌Manner、柠檬茶品牌柠季: what kind of party the second one is
            rf"|[”’」』》\s]*(?:、|和|以及|及)[\u4e00-\u9fff]{{0,6}}(?:{alternatives(data['subject']['apposed'])})[“‘「『《\s]*"
        ),
        # 这家特卖电商 refers like 这家公司, whatever stands between.
        mention=re.compile(
            rf"{alternatives([*anaphor, *data['subject']['groups']])}"
            rf"|(?P<kind_of>(?:这[家个款]|这一)(?:[^，,。；;：:“”、]{{2,14}}的)?[\u4e00-\u9fff]{{0,6}}?(?:{alternatives(data['anaphors']['kinds'])}))"
        ),
        anaphor=anaphor,
        time_base=re.compile(rf"(?:{alternatives(data['time']['bases'])})$"),
        base_words=frozenset(data["time"]["base_words"]),
        groups=frozenset(data["subject"]["groups"]),
        onlookers=frozenset(data["subject"]["onlookers"]),
        traders=frozenset(data["subject"]["traders"]),
        governing=re.compile(
            rf"(?:{alternatives(data['subject']['governing'])})[了过]?"
            rf"(?:[^，,。；;：:、“”的]{{0,8}}(?:{alternatives(data['subject']['kinds'])}))?[“‘「『《]?$"
        ),
        says=re.compile(r"[^，,。；]{0,4}?(?:说|称|表示|透露|认为|觉得|告诉|介绍|回忆|指出|发现|听)"),
        member=re.compile(
            rf"的?(?:{alternatives(data['subject']['members'])})(?!积分|体系|权益|等级|卡|日|后台|中心|端|版|入驻|学院|平台|社区|服务商|数|量|规模|增长|渗透|体验|评价|服务|认证|保障|招募|大会)"
        ),
    )


def is_part_of_word(text: str, start: int, end: int, word: str) -> bool:
    """True where a short referring word is only a piece of a longer one (其他, 其中, 公司法, 吉他)."""
    if word == "其":
        return text[end : end + 1] in "他它中实次余间后" or text[start - 1 : start] in "尤极"
    if word in {"他", "她", "它"}:
        return text[start - 1 : start] in "其吉" or text[end : end + 1] in "们"
    if word == "两家":
        return _COUNTED.match(text, end) is not None
    if word in {"上面", "那里", "那儿", "那边", "里面"}:
        return text[start - 1 : start] not in "在从到往去"
    if word == "对方":
        return text[end : end + 1] == "面"
    if words().anaphor.get(word) == "authority" and not word.startswith("该") and word != "法院":
        # 上海市消保委 is a body of its own
        return start > 0 and "一" <= text[start - 1] <= "鿿" and text[start - 1] not in "被遭由而但向到与和是"
    if word in {"公司", "平台", "集团"}:
        # 把平台告上法庭, 被公司开除: behind a preposition it refers
        before = _ACCUSED_OR_JUDGED if word == "平台" else _ACCUSED_OR_TOLD
        if before.search(text, max(0, start - 4), start) and not _IN_COMPOUND.match(text, end):
            return False
        return start > 0 and ("一" <= text[start - 1] <= "鿿") and text[start - 1] not in "把将对被遭给"
    return False
