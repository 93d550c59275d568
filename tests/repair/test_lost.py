"""Plus signs lost to spaces."""

import pytest

from ecomlink_nlp.repair import lost
from ecomlink_nlp.text.edits import Layer


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("它走的是线上 线下的路子,门店越开越多。", "它走的是线上+线下的路子,门店越开越多。"),
        ("内容 货架 搜索三条腿走路,少一条都不行。", "内容+货架+搜索三条腿走路,少一条都不行。"),
        ("“前置仓 即时零售”被写进了年报。", "“前置仓+即时零售”被写进了年报。"),
        ("合并之后,1 1>2没有出现,1 1<2倒是真的。", "合并之后,1+1>2没有出现,1+1<2倒是真的。"),
        ("公司提出1 N战略,先做强主站。", "公司提出1+N战略,先做强主站。"),
        ("她靠“拉人头 三级分销”的模式起家,最终被查。", "她靠“拉人头+三级分销”的模式起家,最终被查。"),
    ],
)
def test_the_plus_comes_back(damaged: str, clean: str) -> None:
    assert Layer(damaged, lost.find_edits(damaged)).after == clean


@pytest.mark.parametrize(
    "text",
    [
        "作者:陆知寒 来源:零售晚班车",
        "电商 直播 短视频 社区 团购 物流",
        "上线 GMV 达到 5000 亿,同比增长 46%。",
        "记者 陈默 发自上海,摄影 李然。",
        "社交+电商的故事讲完了,社区 电商还在讲。",
        "第一节 总则,第二节 分则。",
        "比分是1 1,双方握手言和。",
    ],
)
def test_an_ordinary_space_stays(text: str) -> None:
    assert lost.find_edits(text) == []
