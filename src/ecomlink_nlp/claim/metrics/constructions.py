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
    region_end: re.Pattern[str]
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
    period_before_end: re.Pattern[str]
    period_after: re.Pattern[str]
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
    hedge = r"[了约近超逾过达又近了出有的个点仅只“\s]|超过|将近|接近|不足|不到|至少|大约|高达|多达|上千|左右|大概|突破|达到|有"
    rate = _any(change["rate_nouns"])
    falling = _any(change["falling_rate_nouns"])
    return Constructions(
        change_end=re.compile(
            rf"(?P<verb>{_any(change['rise'] + change['fall'])})(?:幅度)?(?P<to>[了幅]?{_any(change['to'])})?(?P<hedge>(?:{hedge})*)$"
        ),
        rise=frozenset(change["rise"]),
        added=frozenset(change["added"]),
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
        share=re.compile(_any(data["share"]["words"])),
        market=frozenset(data["share"]["market"]),
        part_behind=re.compile(rf"(?:以上|左右|的?[^，。；,;]{{0,4}}?){_any(data['share']['part'])}"),
        level_end=re.compile(
            rf"(?:{_any(level['verbs'])}|{_any(change['rise'] + change['fall'])}{_any(change['to'])})[了约近“\s]*$"
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
        bare=re.compile(r"(?:其中|而|，|,)*(?P<noun>[一-鿿]{2,6})"),
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
            rf"(?!{_any(subject['no_measures'])})(?:[一-鿿](?!{_any(subject['no_measures'])})){{2}}(?P<kind>费|率)(?![先领队用者])"
        ),
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
        period_before_end=re.compile(rf"{_any(data['time']['period_before'])}$"),
        period_after=re.compile(_any(data["time"]["period_after"])),
        planned=re.compile(_any(data["outlook"]["planned"])),
        possible=re.compile(_any(data["outlook"]["possible"])),
        expected=re.compile(_any(data["outlook"]["expected"])),
        conditional=re.compile(_any(data["outlook"]["conditional"])),
        negated_end=re.compile(rf"{_any(data['outlook']['negated'])}.{{0,3}}$"),
        deal=re.compile(_any(data["outlook"]["deals"])),
    )
