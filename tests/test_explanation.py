"""Explanations: every span is marked and named, and hostile texts stay texts."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from sinergi.cli import main
from sinergi.graph.explanation import KINDS, explain, render_page, render_text
from sinergi.graph.extraction import extract
from sinergi.graph.model import Article, Extraction, Official, Span
from sinergi.graph.registry import Registry

SAMPLE = Path(__file__).parent.parent / "data" / "samples" / "lapas-ke-kejari.txt"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["explain", *map(str, arguments)])


def test_every_span_has_a_note_that_names_what_it_states(audience: Extraction) -> None:
    found = explain(audience)
    spans = [
        *(s for o in audience.officials for s in o.spans),
        *(s for m in audience.meetings for s in (*m.spans, *m.topics[0].spans)),
        *(s for p in audience.meetings[0].participants for s in p.spans),
        *(s for said in audience.statements for s in said.spans),
    ]
    assert {note.span for note in found.notes} >= set(spans)
    said = {(s.kind, s.words) for note in found.notes for s in note.claims}
    assert ("official", "Damar Wicaksana: Kepala, Polres Arunika (AKBP)") in said
    assert ("post", "Kepala") in said
    assert ("role", "Bayu Lestari: accompanying for Lapas Arunika, accompanies Sari Widuri") in said
    assert ("statement", "of Damar Wicaksana for Polres Arunika (reported, a commitment)") in said
    assert {kind for kind, _ in said} <= set(KINDS)


def test_notes_that_overlap_lie_in_lanes_of_their_own(audience: Extraction) -> None:
    notes = explain(audience).notes
    for a in notes:
        for b in notes:
            if a.number < b.number and a.span.end > b.span.start:
                assert a.lane != b.lane


def test_the_terminal_shows_text_bars_and_notes_within_its_width(audience: Extraction) -> None:
    shown = render_text(explain(audience), width=60)
    assert all(len(line) <= 60 for line in shown.splitlines())
    assert "Kapolres Arunika" in shown and "┘" in shown and "\x1b" not in shown
    assert "\x1b[" in render_text(explain(audience), color=True)
    bare = [line for line in shown.splitlines() if "─" not in line and "┘" not in line]
    assert " ".join(" ".join(bare).split()).count("Ia didampingi Kasi Kamtib Bayu Lestari.") == 1


def test_rules_name_the_words_and_the_rows(tmp_path: Path) -> None:
    text = (
        "Kepala Lapas Kelas IIB Arunika, Sari Widuri, menerima audiensi Kapolres Arunika, AKBP "
        "Damar Wicaksana, S.I.K., pada Kamis (27/2)."
    )
    article = Article("a", "Polres Audiensi ke Lapas", text, "2025-03-01")
    found = explain(extract(article), rules=True)
    rules = {(r.span.quote, r.says, r.table) for p in found.paragraphs for r in p.rules}
    says = {quote: said for quote, said, _ in rules if said.startswith(("word", "day", "row"))}
    assert says["menerima audiensi"].startswith("word for a meeting: audiensi")
    assert says["Kamis (27/2)"] == "day: 2025-02-27, its year nearest to the article's own day"
    assert says["Kapolres"].startswith("row: Kepala, head, in polres")
    assert any(table == "cues" for _, _, table in rules)
    assert [r.span.quote for r in found.title_rules] == ["Audiensi"]
    assert not any(p.rules for p in explain(extract(article)).paragraphs)


HOSTILE = "Kapolres <script>alert(1)</script> \"x\" onload='y' & \u202e{{ 7*7 }} \x1b[31m </style>"


def test_a_hostile_text_stays_text_on_the_page_and_in_the_terminal() -> None:
    article = Article("<b>", HOSTILE, HOSTILE, "2025-01-01", HOSTILE, "javascript:alert(1)")
    span = Span(0, len(HOSTILE), HOSTILE)
    official = Official(HOSTILE, HOSTILE, HOSTILE, spans=(span, Span(9, 17, HOSTILE[9:17])))
    found = explain(Extraction(article, (official,)))
    page = render_page([found])
    assert "<script" not in page and 'href="javascript' not in page
    assert page.count("</style>") == 1
    text = html.unescape(re.sub(r"<[^>]+>", "", page))
    assert HOSTILE in text
    for color in (False, True):
        shown = render_text(found, color=color)
        assert "\x1b[31m <" not in shown and "\u202e" not in shown


def test_the_page_allows_nothing_but_its_own_style_sheet(audience: Extraction) -> None:
    page = render_page([explain(audience)])
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert html.unescape(policy).startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert " style=" not in page and "<script" not in page
    assert not re.search(r"(?:src|url\(|@import)", style)
    assert 'href="https://news.example/a1"' in page
    targets, links = (set(re.findall(rf'{a}="#?([nt]\d[^"]*)"', page)) for a in ("id", "href"))
    assert targets == links and targets
    assert page == render_page([explain(audience)])


@settings(deadline=None)
@given(st.data())
def test_any_spans_can_be_shown(data: st.DataObject) -> None:
    """Crossing, nested, empty text between: the text survives, lines keep to the width."""
    text = data.draw(st.text(alphabet="ab \n界é\u200b.", min_size=1, max_size=60))
    officials = []
    for _ in range(data.draw(st.integers(0, 5))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        officials.append(Official("X", None, None, spans=(Span(start, end, text[start:end]),)))
    extraction = Extraction(Article("a", "t", text), tuple(officials))
    found = explain(extraction)
    page = render_page([found])
    shown = "".join(
        html.unescape(re.sub(r'<a class="n.*?</a>|<[^>]+>', "", p))
        for p in re.findall(r'<p class="text.*?</p>', page, re.DOTALL)
    )
    assert shown == "".join(line for line in text.split("\n") if line.strip())
    assert render_text(found, width=30).endswith("\n")


def test_the_command(tmp_path: Path) -> None:
    shown = run(SAMPLE, "--rules")
    assert shown.exit_code == 0, shown.stderr
    assert "  1 " in shown.stdout and "[cues.csv]" in shown.stdout
    page = tmp_path / "page.html"
    assert run(SAMPLE, "--html", page).exit_code == 0
    assert "Suryo Pinandito" in page.read_text("utf-8")
    folder = SAMPLE.parent
    one = run(folder, "--id", SAMPLE.stem)
    assert one.stdout == run(SAMPLE).stdout
    assert run(folder, "--id", "nonsense").exit_code == 1
    assert run(SAMPLE, "--html", tmp_path / "no" / "page.html").exit_code == 1


def test_an_empty_article_is_explained_too(audience: Extraction) -> None:
    nothing = Extraction(replace(audience.article, text="", title=""))
    assert "Nothing is read" in render_text(explain(nothing, rules=True, registry=Registry.load()))
    assert "Nothing is read" in render_page([explain(nothing)])
