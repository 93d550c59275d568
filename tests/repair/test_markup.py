"""HTML remains."""

import pytest

from ecomlink_nlp.repair import markup
from ecomlink_nlp.text.edits import Layer

_CASES = [
    ("开业大吉</p>\n<p>第二段", "开业大吉\n第二段"),
    ("第一段。<br/><br />第二段。", "第一段。第二段。"),
    ("<strong>重点</strong>在后面", "重点在后面"),
    ('<a href="https://example.com/?a=1&b=2" target="_blank">链接</a>', "链接"),
    ("&nbsp;&nbsp;&nbsp;&nbsp;段首", "段首"),
    ("3000&nbsp;万", "3000万"),
    ("Kate&nbsp;Moss代言", "Kate Moss代言"),
    ("他说&quot;好&quot;,她说&quot;不&quot;", "他说“好”,她说“不”"),
    ("&ldquo;双十一&rdquo;&mdash;&mdash;购物节&hellip;&hellip;", "“双十一”——购物节……"),
    ("A&amp;F与B&amp;Q", "A&F与B&Q"),
    ("&amp;ldquo;两次转过&amp;rdquo;", "“两次转过”"),
    ("价格&lt;5元&#65292;包邮", "价格<5元，包邮"),
    ("&lt;p&gt;正文&lt;/p&gt;", "正文"),
    ("零\u200b宽\ufeff字\u00ad符", "零宽字符"),
    ("满减\u200d活动", "满减活动"),
    ("这就是规则?!?/p>", "这就是规则。”"),
]


@pytest.mark.parametrize(("damaged", "clean"), _CASES)
def test_remains_go(damaged: str, clean: str) -> None:
    assert Layer(damaged, markup.find_edits(damaged)).after == clean


@pytest.mark.parametrize(
    "text",
    [
        "在HTML里写&nbsp;就是空格",
        "用React写<div></div>组件",
        "AT&T与R&D",
        "a<b且b>c",
        "打开 https://example.com/list?a=1&amp;page=2 查看",
        "家庭👨\u200d👩\u200d👧表情",
        "《<三体>》",
        "他写下x&y;z三个字母",
    ],
)
def test_what_only_looks_like_markup_stays(text: str) -> None:
    assert markup.find_edits(text) == []


def test_a_run_of_one_entity_is_one_edit_and_so_is_what_goes_beside_it() -> None:
    edits = markup.find_edits("好&mdash;&mdash;完&rdquo;</p>&nbsp;&nbsp;")
    assert [(edit.before, edit.after) for edit in edits] == [
        ("&mdash;&mdash;", "——"),
        ("&rdquo;", "”"),
        ("</p>&nbsp;&nbsp;", ""),
    ]
