"""Whatever people have their articles in is read, and what is broken costs only itself."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sinergi.graph.errors import InputError
from sinergi.graph.model import Article
from sinergi.graph.reading import Ids, Rejected, formats, read, size
from sinergi.graph.reading.text import clean, decode, iso_day

PAGE = """<!doctype html><html lang="id"><head>{charset}
<title>Lapas Wonorejo Beraudiensi - Kabar Wonorejo</title>
<meta property="og:title" content="Lapas Wonorejo Beraudiensi">
<meta property="og:site_name" content="Kabar Wonorejo">
<meta property="article:published_time" content="2025-03-04T09:15:00+07:00">
<link rel="canonical" href="https://kabar.example/lapas-beraudiensi"></head>
<body><nav><a href="/">Beranda</a></nav><article><h1>Lapas Wonorejo Beraudiensi</h1>
<p>WONOREJO – Kepala Lapas Wonorejo, Budi Hartawan, melakukan audiensi dengan Kapolres
Wonorejo, AKBP Andi Wirayuda, di Mapolres Wonorejo.</p>
<p>“Kami berharap kerja sama ini terus berlanjut,” ujar Budi &amp; rombongan.</p>
</article><footer>Hak cipta Kabar Wonorejo</footer></body></html>"""


def only(items: list[Article | Rejected]) -> Article:
    (article,) = items
    assert isinstance(article, Article), article
    return article


def reasons(items: list[Article | Rejected]) -> list[tuple[str, str]]:
    return [(i.place, i.reason) for i in items if isinstance(i, Rejected)]


def texts(items: list[Article | Rejected]) -> list[str]:
    return [i.text for i in items if isinstance(i, Article)]


def test_a_page_gives_its_text_title_day_outlet_and_address(tmp_path: Path) -> None:
    page = tmp_path / "lapas.html"
    page.write_text(PAGE.format(charset='<meta charset="utf-8">'), "utf-8")
    article = only(list(read([page])))
    assert article.id == "lapas"
    assert article.title == "Lapas Wonorejo Beraudiensi"
    assert article.published == "2025-03-04"
    assert article.publisher == "Kabar Wonorejo"
    assert article.url == "https://kabar.example/lapas-beraudiensi"
    assert article.text.startswith("WONOREJO – Kepala Lapas")
    assert "Budi & rombongan" in article.text
    assert "Beranda" not in article.text and "Hak cipta" not in article.text


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    page = PAGE.format(charset='<meta charset="iso-8859-2">').replace("Budi", "Łukasz")
    page = page.replace("–", "-").replace("“", '"').replace("”", '"')
    (tmp_path / "a.html").write_bytes(page.encode("iso-8859-2"))
    assert "Łukasz" in only(list(read([tmp_path]))).text


def test_a_text_file_is_kept_to_the_letter_with_its_headline_as_title(tmp_path: Path) -> None:
    text = "Bupati Terima Kunjungan\n\nWONOREJO — “Selamat\u00a0datang,” kata\tBupati.\n"
    (tmp_path / "kunjungan.txt").write_bytes(text.replace("\n", "\r\n").encode())
    article = only(list(read([tmp_path / "kunjungan.txt"])))
    assert (article.id, article.title, article.text) == (
        "kunjungan",
        "Bupati Terima Kunjungan",
        text,
    )
    assert article.sha256 == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("kind", ["txt", "jsonl", "json", "csv", "html"])
def test_encodings(tmp_path: Path, kind: str, encoding: str) -> None:
    text = "Rapat di “Aula” – ‘selesai’ pada pukul 10 tepat, demikian panitia."
    content = {
        "txt": text,
        "json": json.dumps({"text": text}, ensure_ascii=False),
        "jsonl": json.dumps({"text": text}, ensure_ascii=False) + "\n",
        "csv": f"id;text\n1;{text}\n",
        "html": f"<html><body><article><p>{text}</p></article></body></html>",
    }[kind]
    (tmp_path / f"a.{kind}").write_bytes(content.encode(encoding))
    assert only(list(read([tmp_path]))).text == text


def test_bytes_that_are_no_text_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.7\n\x00\x01\xff\xfe")
    (tmp_path / "b.txt").write_bytes(b"abc\x81def")
    (tmp_path / "c.txt").write_text("Rapat koordinasi.")
    found = list(read([tmp_path]))
    assert texts(found) == ["Rapat koordinasi."]
    assert {reason for _, reason in reasons(found)} == {
        "is not text in UTF-8, UTF-16 or Windows-1252"
    }


def test_every_broken_line_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = [
        b'{"id": "a", "text": "Satu"}',
        b'{"id": "b", "text": ',
        b"",
        b'{"id": "c", "text": 5}',
        b'["text"]',
        b'{"id": "d"}',
        b'{"id": "e", "text": " \\n "}',
        b'{"id": "f", "text": "x", "title": {}}',
        b"\x81\x00",
        b"[" * 100_000,
        b'{"id": 7, "text": "Dua\tdan \\u0000\\ud800", "published": "kemarin"}',
    ]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    found = list(read([tmp_path]))
    assert texts(found) == ["Satu", "Dua\tdan   "]
    last = found[-1]
    assert isinstance(last, Article) and last.id == "7" and last.published is None
    assert last.source.endswith("a.jsonl, line 11")
    assert [place for place, _ in reasons(found)] == [
        f"line {n}" for n in (2, 4, 5, 6, 7, 8, 9, 10)
    ]
    assert reasons(found)[1][1] == "'text' is a number, not text"
    assert "--column text=NAME" in reasons(found)[3][1]


def test_csv_columns_are_mapped_and_broken_rows_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'isi;tanggal;alamat\n"Satu\n""dua""";19 Mei 2025;https://a.example/1\n'
        "Tiga;x;y;z\n;;\nLima;3/4/2025\n"
    )
    columns = {"text": "isi", "published": "tanggal", "url": "alamat"}
    found = list(read([tmp_path], columns=columns))
    first, last = (i for i in found if isinstance(i, Article))
    assert (first.text, first.published, first.id) == ('Satu\n"dua"', "2025-05-19", "a-example-1")
    assert (last.text, last.published) == ("Lima", "2025-04-03")
    assert reasons(found) == [
        ("line 4", "4 cells under 3 columns"),
        ("line 5", "the text is empty"),
    ]
    ((place, reason),) = reasons(list(read([tmp_path])))
    assert place == "line 1" and "isi, tanggal, alamat" in reason


def test_folders_are_read_in_order_and_only_what_can_be_read(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.TXT", "a/readme.md", ".git/c.txt", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert texts(list(read([tmp_path]))) == ["b.txt", "a/z.TXT"]
    assert [r.file for r in read([tmp_path / "a" / "readme.md"]) if isinstance(r, Rejected)]
    (tmp_path / "empty").mkdir()
    assert reasons(list(read([tmp_path / "empty"])))
    with pytest.raises(InputError, match="no file or folder 'nowhere'"):
        read(["nowhere"])
    with pytest.raises(InputError, match="no field"):
        read([tmp_path], columns={"texts": "isi"})


def test_archives_are_bounded_and_never_unpacked_to_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = tmp_path / "a.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("../../../escaped.txt", "Satu")
        out.writestr("b/bomb.txt", b"a" * 3_000_000)
        out.writestr("__MACOSX/b.txt", "x")
        out.writestr("c.jsonl", '{"text": "Dua"}\n{"text": 2}\n')
        out.writestr("d.zip", b"PK")
    monkeypatch.setattr(formats, "MAX_DOCUMENT", 2**20)
    found = list(read([archive]))
    assert texts(found) == ["Satu", "Dua"]
    assert [(Path(r.file).name, r.place) for r in found if isinstance(r, Rejected)] == [
        ("bomb.txt", ""),
        ("c.jsonl", "line 2"),
    ]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]

    monkeypatch.setattr("sinergi.graph.reading.MAX_UNPACKED", 1_000_000)
    assert "unpacks to more than" in reasons(list(read([archive])))[-1][1]
    archive.write_bytes(archive.read_bytes()[:200])
    assert "no zip archive" in reasons(list(read([archive])))[0][1]


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b'{"text": "Satu"}\n{"text": "Dua"}\n', ["Satu", "Dua"]),
        (b'{\n "text": "Satu"\n}', ["Satu"]),
        (b'[{"text": "Satu"}]', ["Satu"]),
        (b"[Wonorejo] Satu", ["[Wonorejo] Satu"]),
        ("\ufeffSatu – dua".encode("utf-16"), ["Satu – dua"]),
        (b"<html><body><p>Satu</p></body></html>", ["Satu"]),
        (b"PK\3\4", []),
        (b"", []),
    ],
)
def test_standard_input_is_known_by_its_beginning(stream: bytes, expected: list[str]) -> None:
    assert [
        t.strip("\ufeff") for t in texts(list(read(["-"], stdin=io.BytesIO(stream))))
    ] == expected


def test_documents_past_the_limits_are_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "MAX_DOCUMENT", 1000)
    monkeypatch.setattr(formats, "MAX_TEXT", 500)
    (tmp_path / "a.txt").write_text("a" * 1001)
    (tmp_path / "b.txt").write_text("b" * 501)
    (tmp_path / "c.jsonl").write_text('{"text": "' + "c" * 5000 + '"}\n{"text": "Satu"}')
    found = list(read([tmp_path]))
    assert texts(found) == ["Satu"]
    assert [place for place, _ in reasons(found)] == ["", "", "line 1"]


def test_one_id_is_one_article_whoever_comes_first() -> None:
    a, b = Article("x", "", "satu"), Article("x", "", "dua")
    taken = []
    for order in ([a, b, a], [b, b, a]):
        ids = Ids()
        admitted = [article for one in order if (article := ids.admit(one))]
        assert ids.repeated == 1
        taken.append({(ids.renamed.get(one.id, one.id), one.text) for one in admitted})
    assert taken[0] == taken[1]
    assert len({id for id, _ in taken[0]}) == 2


def test_only_web_addresses_are_addresses() -> None:
    lines = [{"text": "a", "url": u} for u in ("javascript:alert(1)", "http://[", "/a", None)]
    stream = io.BytesIO("\n".join(map(json.dumps, lines)).encode())
    assert {a.url for a in read(["-"], stdin=stream) if isinstance(a, Article)} == {None}


def test_progress_hears_of_every_byte(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Satu")
    (tmp_path / "b.jsonl").write_text('{"text": "Dua"}\n' * 100)
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as out:
        out.writestr("c.txt", "Tiga")
    heard: list[int] = []
    assert len(list(read([tmp_path], advance=heard.append))) == 102
    assert sum(heard) == size([tmp_path])
    assert size(["-"]) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-05-19", "2025-05-19"),
        ("2025-05-19T23:59:00+07:00", "2025-05-19"),
        ("20250519", "2025-05-19"),
        ("19-05-2025", "2025-05-19"),
        ("Senin, 19 Mei 2025 | 10:30 WIB", "2025-05-19"),
        ("Mon, 19 May 2025 10:00:00 +0700", "2025-05-19"),
        ("May 19, 2025", "2025-05-19"),
        ("Jum'at, 7 Nopember 2025", "2025-11-07"),
        ("05/19/2025", None),
        ("31 Februari 2025", None),
        ("2025", None),
        ("kemarin", None),
        (None, None),
    ],
)
def test_days(written: str | None, day: str | None) -> None:
    assert iso_day(written) == day


@given(st.text(st.characters(exclude_categories=[])))
def test_cleaning_keeps_offsets_and_what_can_be_written(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned) == len(text.replace("\r\n", "\n"))
    assert clean(cleaned) == cleaned
    assert decode(cleaned.encode()) == cleaned.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_no_bytes_bring_reading_down(raw: bytes) -> None:
    for found in read(["-"], stdin=io.BytesIO(raw)):
        assert isinstance(found, Article | Rejected)
