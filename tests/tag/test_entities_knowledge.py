"""The knowledge base as a whole, and a user's own rows."""

from pathlib import Path

import pytest

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.tag.entities import Gazetteer, read_parties
from ecomlink_nlp.tag.entities.ambiguity import conditions
from ecomlink_nlp.tag.entities.parties import shipped_parties


def test_is_as_broad_as_promised() -> None:
    parties = [party for party in shipped_parties() if party.type in ("PLATFORM", "ORG")]
    assert len(parties) >= 900


def test_no_two_rows_share_a_name() -> None:
    names = [party.name for party in shipped_parties() if party.type != "LOC"]
    assert len(names) == len(set(names))


def test_no_alias_is_repeated_without_a_condition() -> None:
    seen: dict[str, str] = {}
    for party in shipped_parties():
        for alias in party.names:
            assert alias not in seen or (alias, party.id) in conditions(), (alias, seen.get(alias), party.id)
            seen[alias] = party.id


def test_every_condition_is_about_a_known_alias() -> None:
    aliases = {alias for party in shipped_parties() for alias in party.names}
    assert {alias for alias, _ in conditions()} - aliases == set()


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("鹅厂", "腾讯"),
        ("B站", "哔哩哔哩"),
        ("猫超", "天猫超市"),
        ("淘宝特价版", "淘特"),
        ("字节", "字节跳动"),
        ("阿里", "阿里巴巴"),
    ],
)
def test_lookup_by_alias(alias: str, name: str) -> None:
    party = Gazetteer.default().lookup(alias)
    assert party is not None
    assert party.name == name


def test_kin() -> None:
    gazetteer = Gazetteer.default()
    logistics = gazetteer.lookup("京东物流")
    assert logistics is not None
    assert logistics.kind == "物流公司"
    owner = gazetteer.parent(logistics)
    assert owner is not None
    assert owner.name == "京东集团"
    assert logistics in gazetteer.children(owner)
    assert gazetteer.lookup("没有这家") is None


def test_default_is_built_once() -> None:
    assert Gazetteer.default() is Gazetteer.default()


def test_a_users_rows_add_and_replace(tmp_path: Path) -> None:
    lexicon = tmp_path / "my.tsv"
    lexicon.write_text(
        "id\ttype\tname\taliases\tambiguous\n"
        "mine\tORG\t山海易货\t山货行\t\n"
        "doudou\tPLATFORM\t豆豆\t\t豆豆:context\n"
        "kuaishou\tPLATFORM\t快手\tKS\t\n",
        encoding="utf-8",
    )
    gazetteer = Gazetteer(read_parties(lexicon))
    text = "山货行与豆豆宣布合作，煮了一锅豆豆。KS没有回应。"
    assert [entity.name for entity in gazetteer.find_entities(text)] == ["山海易货", "豆豆", "豆豆", "快手"]
    assert [entity.name for entity in gazetteer.find_entities("煮了一锅豆豆。")] == []


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x\tSHOP\t某店", "row 'x': type 'SHOP'"),
        ("x\tORG\t", "row 'x' has no name"),
        ("\tORG\t某店", "row of '某店' has no id"),
        ("x\tORG\t某店\t某:maybe", "row 'x': '某:maybe' is not alias:mode"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    lexicon = tmp_path / "my.tsv"
    lexicon.write_text(f"id\ttype\tname\tambiguous\n{row}\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"my\.tsv") as error:
        read_parties(lexicon)
    assert message in str(error.value)


def test_an_unknown_parent_is_named(tmp_path: Path) -> None:
    lexicon = tmp_path / "my.tsv"
    lexicon.write_text("id\ttype\tname\tparent\nx\tORG\t某店\tnobody\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"'x'.*'nobody'"):
        Gazetteer(read_parties(lexicon))
