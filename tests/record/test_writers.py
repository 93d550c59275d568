"""Writers: what is written can be read back, and no cell becomes a formula."""

import csv
import io
import json

import pytest

from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.record.table import claims_table, figure, print_claims, visible
from ecomlink_nlp.record.writers import (
    parse_documents,
    safe_cell,
    write_claims_csv,
    write_claims_json,
    write_claims_jsonl,
    write_documents_json,
    write_documents_jsonl,
)
from ecomlink_nlp.text.document import Amount, Argument, Document, EventClaim, MetricClaim, StatementClaim
from ecomlink_nlp.text.edits import Alignment

RAW = '=抖音罚款5亿,"多"\n张三说:\x1b[31m好\u202e\u2028的。'


def record(name: str = "a,b.txt") -> DocumentRecord:
    document = Document(name, Alignment(RAW), date="2022", date_source="given")
    document.claims = [
        EventClaim([(0, 12)], "r", predicate="sanction", objects=["=抖音", "京东"], amount=Amount(5e8, None, None, "CNY", None),
                   arguments=[Argument("object", "抖音", 1, 3)], channel=["直播间", "小店"]),
        MetricClaim([(0, 12)], "r", subject="@抖音", metric="gmv", value=-8.5, unit="%", mod="MORE_THAN", time="2021"),
        MetricClaim([(0, 12)], "r", subject="抖音", metric="users", low=2e8, high=9e8, mod="APPROX"),
        StatementClaim([(12, 20)], "r", "negated", "possible", Argument("source", "李四"), speaker="张三", role="老板",
                       quote=(16, len(RAW))),
    ]  # fmt: skip
    return build_record(document)


def written(writer, *records) -> str:
    out = io.StringIO(newline="")
    writer(iter(records), out)
    return out.getvalue()


def test_jsonl_is_one_claim_or_document_a_line():
    lines = written(write_claims_jsonl, record(), record()).split("\n")
    assert len(lines) == 2 * 4 + 1
    assert json.loads(lines[0])["objects"] == ["=抖音", "京东"]
    documents = written(write_documents_jsonl, record(), record()).split("\n")
    assert DocumentRecord.model_validate_json(documents[1]) == record()


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_one_array(count):
    assert len(json.loads(written(write_documents_json, *[record()] * count))) == count
    assert len(json.loads(written(write_claims_json, *[record()] * count))) == 4 * count


def test_written_documents_are_read_back():
    dumped = json.loads(record().model_dump_json())
    for writer in (write_documents_json, write_documents_jsonl):
        assert parse_documents(written(writer, record(), record())) == [dumped, dumped]
    assert parse_documents(record().model_dump_json()) == [dumped]
    with pytest.raises(ValueError, match="not a JSON object"):
        parse_documents("[1]")


def test_csv_has_one_row_a_claim_and_no_formula():
    rows = list(csv.DictReader(io.StringIO(written(write_claims_csv, record()), newline="")))
    event, metric, span, statement = rows
    assert (event["objects"], event["channel"], event["amount"]) == (
        "'=抖音|京东",
        "直播间|小店",
        "500000000",
    )
    assert (metric["subject"], metric["value"], metric["unit"]) == ("'@抖音", "-8.5", "%")
    assert (span["value"], span["low"], span["high"]) == ("", "200000000", "900000000")
    assert (statement["speaker"], statement["quote"], statement["source"]) == ("张三", RAW[16:], "李四")
    assert event["evidence"] == "'" + RAW[:12]
    assert (event["start"], event["end"]) == ("0", "12")
    assert all(row["doc"] == "a,b.txt" for row in rows)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "  =1"])
def test_formula_starts_are_defused(cell):
    assert safe_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["快手", "1=1", "", None, -1, -1.5, "'=1"])
def test_other_cells_stay(cell):
    assert safe_cell(cell) == cell


def test_the_table_steers_no_terminal_and_keeps_its_width():
    from rich.cells import cell_len
    from rich.console import Console

    out = io.StringIO()
    print_claims([record()], Console(file=out, width=90))
    assert not {"\x1b", "\u202e"} & set(out.getvalue())
    assert "\\x1b[31m好" in out.getvalue().replace("\n", "")
    assert all(cell_len(line) <= 90 for line in out.getvalue().split("\n"))
    assert claims_table(record().claims).row_count == 4


def test_figures():
    event, metric, span, _ = record().claims
    assert [figure(event.amount), figure(metric), figure(span)] == ["5亿元", ">-8.5%", "≈2亿–9亿"]


def test_visible_leaves_text_alone():
    assert visible("快手\n\t“好”,é\u3000") == "快手\n\t“好”,é\u3000"
    assert visible("\x00\x9b\ud800\u2066") == "\\x00\\x9b\\ud800\\u2066"
