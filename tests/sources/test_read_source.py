"""Files of many texts: the rows of each format, packed and unpacked, and a bad row for what cannot be read."""

import gzip
import io
import json

import pyarrow
import pytest
import zstandard
from pyarrow import parquet
from warcio.warcwriter import WARCWriter

from ecomlink_nlp.sources import BadRow, Columns, SourceRow, read_source

TEXT = '快手的公告说,我们不再支持"外链"了。\n这是第二行。'
ROWS = [{"id": "a", "text": TEXT, "date": "2022-03-01"}, {"id": "b", "text": "京东", "date": None}]
PACKED = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}


def jsonl(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def as_csv(rows, delimiter=","):
    quoted = [[str(value or "").replace('"', '""') for value in row.values()] for row in rows]
    lines = [delimiter.join(rows[0]), *(delimiter.join(f'"{cell}"' for cell in cells) for cells in quoted)]
    return "\r\n".join(lines).encode()


def as_parquet(rows):
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), out)
    return out.getvalue()


def as_wet(texts, kind="text/plain", record="conversion"):
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for number, text in enumerate(texts):
        headers = {"WARC-Record-ID": f"<urn:uuid:{number}>", "WARC-Date": "2024-01-01T00:00:00Z"}
        writer.write_record(
            writer.create_warc_record(
                f"https://example.org/{number}", record, io.BytesIO(text.encode()), warc_content_type=kind,
                warc_headers_dict=headers,
            )
        )  # fmt: skip
    return out.getvalue()


def read(folder, name, data, columns=None, encoding=None):
    path = folder / name
    path.write_bytes(data)
    return list(read_source(str(path), columns=columns, encoding=encoding))


def errors(rows):
    return [(row.number, row.error.partition(": ")[2]) for row in rows if isinstance(row, BadRow)]


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".tsv"])
def test_tables(tmp_path, suffix, packing):
    data = {".jsonl": jsonl(ROWS), ".csv": as_csv(ROWS), ".tsv": as_csv(ROWS, "\t")}[suffix]
    rows = read(tmp_path, f"t{suffix}{packing}", PACKED[packing](data))
    assert [(row.id, row.read().text, row.date) for row in rows] == [
        ("a", TEXT, "2022-03-01"),
        ("b", "京东", None),
    ]
    assert rows[-1].position == (tmp_path / f"t{suffix}{packing}").stat().st_size


def test_parquet(tmp_path):
    rows = read(tmp_path, "t.parquet", as_parquet(ROWS))
    assert [(row.id, row.content, row.date) for row in rows] == [
        ("a", TEXT, "2022-03-01"),
        ("b", "京东", None),
    ]


@pytest.mark.parametrize("packing", PACKED)
def test_wet(tmp_path, packing):
    rows = read(tmp_path, f"t.warc.wet{packing}", PACKED[packing](as_wet([TEXT, "京东"])))
    assert [(row.id, row.read().text, row.date) for row in rows] == [
        ("urn:uuid:0", TEXT, None),
        ("urn:uuid:1", "京东", None),
    ]
    rows = read(tmp_path, "t.warc", as_wet([TEXT]), Columns(id="WARC-Target-URI", date="WARC-Date"))
    assert [(row.id, row.date) for row in rows] == [("https://example.org/0", "2024-01-01")]
    assert read(tmp_path, "t.warc", as_wet([TEXT], "application/warc-fields", "metadata")) == []


def test_packed_texts(tmp_path):
    for packing, pack in PACKED.items():
        (row,) = read(tmp_path, f"t.txt{packing}", pack(TEXT.encode()))
        assert row.read().text == TEXT


def test_columns_by_name(tmp_path):
    (row,) = read(
        tmp_path,
        "t.jsonl",
        jsonl([{"body": "快手", "url": 5, "at": "20220301"}]),
        Columns("body", "url", "at"),
    )
    assert (row.content, row.id, row.date, row.place) == (
        "快手",
        "5",
        "2022-03-01",
        f"{tmp_path}/t.jsonl: row 1",
    )
    (row,) = read(tmp_path, "t.jsonl", jsonl([{"text": "快手"}]))
    assert row.id == "t.jsonl#1"


def test_other_encodings(tmp_path):
    text = "这是我们的公告,请大家知道。"
    for suffix, data in (
        (".csv", f"id,text\n1,{text}\n".replace("知道,", "")),
        (".jsonl", json.dumps({"text": text}, ensure_ascii=False)),
    ):
        if suffix == ".csv":
            data = data.replace(f"1,{text}", f'1,"{text}"')
        (row,) = read(tmp_path, f"t{suffix}", data.encode("gb18030"))
        assert row.read().text == text
        (row,) = read(tmp_path, f"t{suffix}", data.encode("gb18030"), encoding="gb18030")
        assert row.read("gb18030").text == text
    (row,) = read(tmp_path, "t.csv", 'id,text\n1,"快手"\n'.encode("utf-16"))
    assert (row.id, row.content) == ("1", "快手")


def test_bad_rows_of_jsonl(tmp_path):
    good = '{"text": "快手"}'.encode()
    lines = [good, b"{", b"[1]", b'{"text": null}', b'{"text": 3}', b'{"body": ""}', b'{"text": "a", "date": "soon"}',
             b"\xff\xff", b"", b"[" * 100_000, b'{"text": "a", "id": [1]}', good]  # fmt: skip
    rows = read(tmp_path, "t.jsonl", b"\n".join(lines))
    assert [row.number for row in rows if isinstance(row, SourceRow)] == [1, 12]
    assert [number for number, _ in errors(rows)] == [2, 3, 4, 5, 6, 7, 8, 10, 11]
    told = [error for _, error in errors(rows)]
    for part, error in zip(
        ("row 2: no JSON", "row 3: no JSON object", "null", "of type int", "no column 'text', but: body", "'soon' is no date",
         "neither UTF-8", "nested too deep", "is no id"), told, strict=True,
    ):  # fmt: skip
        assert part in error


def test_bad_rows_of_csv(tmp_path):
    rows = read(tmp_path, "t.csv", "id,text\n1,快手\n2\n\n3,京东,x\n4,淘宝\n".encode())
    assert [row.id for row in rows if isinstance(row, SourceRow)] == ["1", "4"]
    assert [error for _, error in errors(rows)] == [
        "row 2: 1 cells under a header of 2 (line 3). Mend it.", "row 3: 3 cells under a header of 2 (line 5). Mend it.",
    ]  # fmt: skip
    assert "no column 'text', but: body" in errors(read(tmp_path, "t.csv", b"body\nx\n"))[0][1]
    assert "but: none" in errors(read(tmp_path, "e.csv", b""))[0][1]


@pytest.mark.parametrize("name", ["t.jsonl.gz", "t.jsonl.zst"])
def test_a_file_that_breaks_off_gives_what_it_has(tmp_path, name):
    data = PACKED[name[7:]](b"".join(b'{"text": "%d"}\n' % (number**9) for number in range(20_000)))
    rows = read(tmp_path, name, data[: len(data) // 2])
    assert "cannot be read on" in rows[-1].error
    assert all(isinstance(row, SourceRow) for row in rows[:-1])
    assert len(rows) > 1000 or name.endswith(".zst")  # Zstandard gives nothing of the block that breaks off


def test_frames_of_zstandard_are_read_one_after_the_other(tmp_path):
    frames = [zstandard.compress(b'{"text": "%d"}\n' % number) for number in range(300)]
    assert len(read(tmp_path, "t.jsonl.zst", b"".join(frames))) == 300


@pytest.mark.parametrize("name", ["t.jsonl.gz", "t.jsonl.zst", "t.parquet", "t.warc", "t.csv", "t.warc.gz"])
def test_what_is_no_such_file_is_one_error(tmp_path, name):
    (row,) = read(tmp_path, name, b"\x00\x01 no such thing" * 100)
    assert isinstance(row, BadRow)
    assert name in row.error
    (row,) = read_source(str(tmp_path / "none" / name))
    assert isinstance(row, BadRow)
    (row,) = read_source(str(tmp_path / name), encoding="klingon")
    assert "no known encoding" in row.error


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "big5"])
def test_a_spreadsheet_of_chinese_columns_needs_no_encoding(tmp_path, encoding):
    text = "3月1日,快手切斷了淘寶聯盟的鏈接,這是我們知道的。"
    data = f'編號,正文,日期\r\n一,"{text}",2022/3/2\r\n'.encode(encoding)
    (row,) = read(tmp_path, "t.csv", data, Columns("正文", "編號", "日期"))
    assert (row.id, row.date, row.read().text) == ("一", "2022-03-02", text)
