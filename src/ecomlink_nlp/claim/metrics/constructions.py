"""The small words around figures, compiled from ``data/metric_constructions.toml`` once."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ecomlink_nlp.resources import read_toml


@dataclass(frozen=True, slots=True)
class Constructions:
    """Patterns over the text around a figure. Those named ``…_end`` are anchored at the figure's left side."""

    change_end: re.Pattern[str]
    """A verb of change, perhaps with 至/到/为, and hedges, up to the figure."""
    rise: frozenset[str]
    added: frozenset[str]
    nominal: frozenset[str]
    lost: frozenset[str]
    rate_noun: re.Pattern[str]
    falling_rate_noun: re.Pattern[str]
    rate_after: re.Pattern[str]
    times_after: re.Pattern[str]
    phrase: re.Pattern[str]
    phrases: dict[str, float]
    yoy: re.Pattern[str]
    other_base: re.Pattern[str]
    share: re.Pattern[str]
    market: frozenset[str]
    part_behind: re.Pattern[str]
    part_verb_end: re.Pattern[str]
    possessor_end: re.Pattern[str]
    line: re.Pattern[str]
    lines: dict[str, str]
    level_end: re.Pattern[str]
    weightless: re.Pattern[str]
    filler_end: re.Pattern[str]
    classifier: re.Pattern[str]
    only: dict[str, frozenset[str]]
    alone: dict[str, str]
    groups_end: re.Pattern[str]
    plain: frozenset[str]
    sectors: frozenset[str]
    sector: re.Pattern[str]
    forecaster: re.Pattern[str]
    future: re.Pattern[str]
    researcher_end: re.Pattern[str]
    membership_end: re.Pattern[str]
    performer_end: re.Pattern[str]
    bare: re.Pattern[str]
    denied: re.Pattern[str]
    referring: re.Pattern[str]
    one_end: re.Pattern[str]
    one: re.Pattern[str]
    observer: re.Pattern[str]
    turnover: re.Pattern[str]
    correction: re.Pattern[str]
    continuing: re.Pattern[str]
    removal: re.Pattern[str]
    takeover: re.Pattern[str]
    locus_end: re.Pattern[str]
    gives: re.Pattern[str]
    taken_end: re.Pattern[str]
    market_behind: re.Pattern[str]
    each_end: re.Pattern[str]
    removal_end: re.Pattern[str]
    affected_end: re.Pattern[str]
    renamed_end: re.Pattern[str]
    performing: re.Pattern[str]
    shopfront: re.Pattern[str]
    example: re.Pattern[str]
    goods_prices: frozenset[str]
    about: re.Pattern[str]
    organisation: re.Pattern[str]
    titled: re.Pattern[str]
    surveyed: re.Pattern[str]
    time_base: re.Pattern[str]
    fee: re.Pattern[str]
    apiece: re.Pattern[str]
    courier: re.Pattern[str]
    leading_group: re.Pattern[str]
    among_end: re.Pattern[str]
    goods_end: re.Pattern[str]
    receivers: frozenset[str]
    spread: re.Pattern[str]
    part_within: re.Pattern[str]
    opened_end: re.Pattern[str]
    joined_end: re.Pattern[str]
    marked_end: re.Pattern[str]
    title: re.Pattern[str]
    owner_end: re.Pattern[str]
    ranked: re.Pattern[str]
    closed_end: re.Pattern[str]
    each_person: re.Pattern[str]
    channel: re.Pattern[str]
    same_market: re.Pattern[str]
    region_end: re.Pattern[str]
    region: re.Pattern[str]
    region_names: frozenset[str]
    head: re.Pattern[str]
    stop: re.Pattern[str]
    leading: re.Pattern[str]
    report: re.Pattern[str]
    report_name: re.Pattern[str]
    report_names: dict[str, str]
    launch: re.Pattern[str]
    publishing: re.Pattern[str]
    present: re.Pattern[str]
    campaign: re.Pattern[str]
    whole_year: re.Pattern[str]
    last_year: re.Pattern[str]
    same_time: re.Pattern[str]
    contrast: re.Pattern[str]
    reported: frozenset[str]
    terms: frozenset[str]
    momentary: frozenset[str]
    period_before_end: re.Pattern[str]
    period_after: re.Pattern[str]
    period_verb: re.Pattern[str]
    figure_noun: re.Pattern[str]
    planned: re.Pattern[str]
    possible: re.Pattern[str]
    expected: re.Pattern[str]
    conditional: re.Pattern[str]
    negated_end: re.Pattern[str]
    deal: re.Pattern[str]


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


@cache
def constructions() -> Constructions:
    """Return the compiled constructions.

    >>> bool(constructions().change_end.search("同比增长超过"))
    True
    """
    data: dict[str, Any] = read_toml("metric_constructions.toml")
    change, base, level, subject = data["change"], data["base"], data["level"], data["subject"]
    more = [
        f"{much}{verb}{done}"
        for much in "多少"
        for verb in change["more_or_less"]
        for done in ("", "了", "出", "出了")
    ]
    rise = change["rise"] + [verb for verb in more if verb[0] == "多"]
    fall = change["fall"] + [verb for verb in more if verb[0] == "少"]
    moves = rf"(?:(?<![{change['done']}])(?=掉)|(?!掉)){_any(rise + fall)}"
    hedge = r"[了约近超逾过达又近了出有的个点仅只“\s]|超过|将近|接近|不足|不到|至少|大约|高达|多达|上千|左右|大概|突破|达到|有"
    # unlike the hedges above, these can be read in one way only
    about = "[了约近超逾过仅只]{0,4}(?:将近|接近|不足|不到|至少|大约|高达|多达)?"
    rate = _any(change["rate_nouns"])
    falling = _any(change["falling_rate_nouns"])
    return Constructions(
        change_end=re.compile(
            rf"(?P<verb>{moves})(?:幅度)?(?P<to>[了幅]?{_any(change['to'])})?(?P<hedge>(?:{hedge})*)$"
        ),
        rise=frozenset(rise),
        added=frozenset(change["added"]),
        nominal=frozenset(change["nominal"]),
        lost=frozenset(change["lost"]),
        rate_noun=re.compile(rate),
        falling_rate_noun=re.compile(falling),
        rate_after=re.compile(
            rf"(?:以上|左右|上下)?的[^，。；,;、]{{0,6}}?(?:(?P<fall>{falling}|{_any(change['falls_after'])})|{rate}|{_any(change['rates_after'])})"
        ),
        times_after=re.compile("(?:以上|左右)?(?:速度|的)?(?:增长|成长|增幅|提升)"),
        phrase=re.compile(_any(list(change["phrases"]))),
        phrases=dict(change["phrases"]),
        # 半年增长 is no 年增
        yoy=re.compile(
            r"(?:(?<![半去今全上下前两几数\d一二三四五六七八九十])(?=年)|(?!年))" + _any(base["yoy"])
        ),
        other_base=re.compile(_any(base["other"])),
        share=re.compile(r"(?<!应)" + _any(data["share"]["words"])),  # 股东应占溢利
        market=frozenset(data["share"]["market"]),
        part_behind=re.compile(rf"(?:以上|左右|的?[^，。；,;]{{0,4}}?){_any(data['share']['part'])}"),
        part_verb_end=re.compile(rf"{_any(data['share']['part_verbs'])}的?$"),
        possessor_end=re.compile("(?:它|他|她|前者|后者|公司|平台|集团|自己|我们)的$|(?<![与尤极])其$"),
        line=re.compile(
            rf"(?:其中|而|但|来自|从|此外|包括|，|,)*(?P<line>{_any(list(subject['lines']))})(?:业务|板块|分部|方面|部分|收入|营收)?"
            rf"(?=则|占|约占|也|却|为|是|达|仅|只|就|有|贡献|录得|同比|环比|增|涨|升|降|跌|下|实现|进账|创|[\d]|[一二三四五六七八九]成)"
        ),
        lines=dict(subject["lines"]),
        level_end=re.compile(
            rf"(?:{_any(level['verbs'])}|{moves}{_any(change['to'])}|[^\W\d_得收接感遇直截][到至])[了约近“\s]*$"
        ),
        weightless=re.compile(
            _any(
                level["verbs"]
                + level["light"]
                + change["rise"]
                + change["fall"]
                + base["yoy"]
                + base["other"]
            )
        ),
        filler_end=re.compile(
            rf"(?:{_any(subject['fillers'])}|(?:包括|包含|含)[^，。；,;]{{1,8}}在内的?|[（(][^（()）]*[)）]|[“”‘’「」『』《》\s])$"
        ),
        classifier=re.compile(_any(data["count"]["classifiers"])),
        only={classifier: frozenset(names) for classifier, names in data["count"]["only"].items()},
        alone=dict(data["count"]["alone"]),
        groups_end=re.compile(rf"{_any(subject['groups'])}$"),
        plain=frozenset(subject["plain"]),
        sectors=frozenset(subject["sectors"]),
        sector=re.compile(_any(subject["sectors"])),
        forecaster=re.compile(_any(data["outlook"]["forecasters"])),
        future=re.compile(_any(data["outlook"]["future"])),
        researcher_end=re.compile(rf"{_any(subject['researchers'])}[“「《]?$"),
        membership_end=re.compile(rf"{_any(subject['membership'])}[^的]{{0,4}}$"),
        performer_end=re.compile(rf"{_any(subject['performers'])}[“「]?$"),
        bare=re.compile(
            r"(?:[^，。；,;]{2,16}[里中])?(?:其中|而|，|,)*(?P<noun>[一-鿿]{2,6}?)(?:的|则|也|就|一[省市地家项块个])?"
        ),
        denied=re.compile(_any(data["outlook"]["denied"])),
        referring=re.compile(rf"其(?![他它中实次余间])|它|该(?!当)|{_any(subject['titles'])}"),
        one_end=re.compile(r"(?<!每)[一某][位名家个](?:[^，。；,;\d]{0,8})$"),
        one=re.compile("[一某][位名家个]"),
        observer=re.compile(rf"{_any(subject['observers'])}$"),
        turnover=re.compile(rf"{_any(data['share']['turnover'])}[了掉去近约超过\s]*"),
        correction=re.compile(_any(data["outlook"]["corrections"])),
        continuing=re.compile(_any(subject["continuing"])),
        removal=re.compile(_any(data["outlook"]["removal"])),
        takeover=re.compile(_any(data["outlook"]["takeover"])),
        locus_end=re.compile(rf"{_any(subject['locus'])}[“「]?$"),
        gives=re.compile(_any(data["share"]["gives"])),
        taken_end=re.compile(rf"{_any(data['share']['taken'])}{about}$"),
        market_behind=re.compile(
            rf"(?:以上|左右|上下)?的?[^，。；,;、的\d]{{0,4}}?{_any(data['share']['markets'])}(?![部上里内中])"
        ),
        each_end=re.compile(rf"{_any(data['level']['each'])}{_any(level['verbs'])}?{about}$"),
        removal_end=re.compile(rf"(?P<verb>{_any(data['outlook']['removal'])}了?)[^，。；,;的\d]{{0,4}}$"),
        affected_end=re.compile(
            rf"(?:{_any(data['outlook']['removal'])}|{_any(subject['affected'])})的[^的]{{0,4}}$"
        ),
        renamed_end=re.compile(rf"{_any(subject['renames'])}[“‘「『《]?$"),
        performing=re.compile(_any(subject["performing"])),
        shopfront=re.compile(_any(subject["shopfronts"])),
        example=re.compile(
            rf"[以拿就](?P<whole>[^，。；,;：:“”]{{2,28}}?)(?:{_any(subject['examples'])})(?=[，,：:。])"
        ),
        organisation=re.compile(
            rf"(?:其中|而|则|但|，|,){{0,3}}(?P<name>(?!{_any(subject['no_organisations'])})[一-鿿A-Za-z]{{2,10}}?{_any(subject['organisations'])})"
        ),
        titled=re.compile(_any(subject["titled"])),
        surveyed=re.compile(
            rf"(?:[和与、及][^，。；,;]{{2,8}}?)?(?:联合|共同)?(?:发布的?|推出的?|编制的?|公布的?)?的?(?:最新|一份|年度|这份)*(?:《[^》]{{2,30}}》)?的?{_any(subject['surveys'])}"
        ),
        time_base=re.compile(
            rf"{_any(base['usual'])}[^，。；,;的\d]{{0,6}}(?:的|之)[了约近超逾过有至少将大约]*$"
        ),
        fee=re.compile(
            rf"(?!{_any(subject['no_measures'])})(?:[一-鿿](?!{_any(subject['no_measures'])})){{2}}(?P<kind>费|率|额|价|量|次数|频次|件数|台数|人次|成本|支出|周期|时限)(?![先领队用者度外级子化力格值位])"
        ),
        apiece=re.compile(
            "每[张份杯件瓶台盒斤套次晚间支双](?:卡)?(?=[约近仅只]?[\\d一二两三四五六七八九十百])"
        ),
        courier=re.compile(_any(data["outlook"]["couriers"])),
        leading_group=re.compile(
            rf"(?P<group>[一-鿿A-Za-z]{{0,6}}?{_any(subject['groups'])})(?={_any(subject['happenings'])})"
        ),
        among_end=re.compile("(?:当中|之中|中|里|里面|之内)[，,]?$"),
        about=re.compile(
            rf"{_any(subject['about'])}(?P<about>[^，。；,;：:的]{{2,12}}?)(?:相关|有关)?的[^，。；,;]{{0,6}}$"
        ),
        receivers=frozenset(subject["receivers"]),
        goods_prices=frozenset(subject["goods_prices"]),
        goods_end=re.compile(r"(?P<goods>[一-鿿A-Za-z0-9]{2,10})$"),
        spread=re.compile(rf"[”’」』》]?{_any(subject['spreads'])}[约近超逾\s]*"),
        part_within=re.compile(
            rf"(?P<part>[一-鿿A-Za-z]{{2,8}})在[^，。；,;]{{1,10}}[中里内]的?{_any(data['share']['words'])}"
        ),
        opened_end=re.compile(rf"{_any(data['level']['opened'])}(?:设|出)?了?[约近超逾\s]*$"),
        joined_end=re.compile(rf"{_any(subject['joined'])}的?$"),
        marked_end=re.compile(rf"{_any(subject['marked'])}[“‘「『《]?$"),
        title=re.compile(_any(subject["titles"])),
        owner_end=re.compile(
            rf"(?:^|[，,。]|其|公司|品牌|集团|平台)(?:联合)?{_any(subject['owners'])}(?:[兼、和]{_any(subject['owners'])}){{0,2}}$"
        ),
        ranked=re.compile(rf"[件家单个名次]?(?:的[^，。；,;]{{1,6}})?{_any(data['level']['ranks'])}"),
        closed_end=re.compile(rf"{_any(data['level']['closed'])}掉?{about}$"),
        each_person=re.compile("每[位名个一人家]|人均|户均|平均"),
        channel=re.compile(r"[”」]?(?:官方)?(?:渠道|旗舰店|店铺|小店|账号|直播间|专营店|专卖店)"),
        same_market=re.compile("(?:该|这一|这个)(?:市场|行业|赛道|领域|产业)"),
        region=re.compile("(?P<place>[一-鿿]{2,4})一[地省市区]就?"),
        region_names=frozenset(subject["regions"]),
        region_end=re.compile(rf"{_any(subject['regions'])}$"),
        head=re.compile(
            rf"(?:以上|左右)?(?P<of>的)?(?!{_any(subject['serving'])})(?P<noun>[^，。；,;：:、的了是有达到超过\d]{{0,6}}?{_any(subject['groups'])})"
        ),
        stop=re.compile(rf"{_any(subject['keeps'])}|(?P<stop>{_any(subject['stops'])})"),
        leading=re.compile(rf"{_any(subject['leading'])}+"),
        report=re.compile(_any(data["time"]["reports"])),
        report_name=re.compile(_any(list(data["time"]["report_names"]))),
        report_names=dict(data["time"]["report_names"]),
        launch=re.compile(_any(subject["launches"])),
        publishing=re.compile(_any(data["time"]["publishing"])),
        present=re.compile(_any(data["time"]["present"])),
        campaign=re.compile(r"(?<![年上去前])" + _any(data["time"]["campaign"])),
        whole_year=re.compile(_any(data["time"]["whole_year"])),
        last_year=re.compile(_any(data["time"]["last_year"])),
        same_time=re.compile(
            rf"{_any(data['time']['year_ago'])}|{_any(data['time']['last_year'])}的?{_any(data['time']['same_time'])}"
        ),
        contrast=re.compile(_any(data["time"]["contrast"])),
        reported=frozenset(data["time"]["reported"]),
        terms=frozenset(data["time"]["terms"]),
        momentary=frozenset(data["time"]["momentary"]),
        period_before_end=re.compile(rf"{_any(data['time']['period_before'])}$"),
        period_after=re.compile(_any(data["time"]["period_after"])),
        period_verb=re.compile(
            rf"(?:就|便|已|又|共|一共|总共|合计|即|里|内|间|竟|净|平均|大约|约){{0,3}}{_any(data['time']['period_verbs'])}"
        ),
        figure_noun=re.compile("的(?:数字|成绩|战绩|规模|体量|水平|数据|表现)"),
        planned=re.compile(_any(data["outlook"]["planned"])),
        possible=re.compile(_any(data["outlook"]["possible"])),
        expected=re.compile(_any(data["outlook"]["expected"])),
        conditional=re.compile(_any(data["outlook"]["conditional"])),
        negated_end=re.compile(rf"{_any(data['outlook']['negated'])}.{{0,3}}$"),
        deal=re.compile(_any(data["outlook"]["deals"])),
    )
