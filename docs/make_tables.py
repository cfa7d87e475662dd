"""Write docs/tables/: the tables of the registry as pages, each with its sources.

`make site` does it; the pages are not kept, since data/ has the same rows.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "tables"
# What each table is of.
TABLES = {
    "agencies": "Single bodies: ministries, commands, head offices",
    "agency_kinds": "Kinds of agency with many instances",
    "common_words": "Words that are no names",
    "corps": "Branches that follow a military rank",
    "cues": "Words that tell meetings, roles and statements",
    "degrees": "Academic degrees",
    "evaluation_words": "Words that an evaluation passes over",
    "honorifics": "Forms of address",
    "licenses": "Licenses that a release may be under",
    "meeting_words": "Words that name kinds of meeting",
    "post_heads": "First words of composed posts",
    "post_modifiers": "Words around a post: acting, former, elect",
    "posts": "Posts as they are written, whole",
    "quality": "The measured quality of this version",
    "ranks": "Ranks of police, military and civil service",
    "regions": "Provinces, regencies, cities, districts",
    "sectors": "Sectors of public life",
    "segments": "Syllables that names of regional offices are made of",
    "spellings": "Spellings of one name",
    "successions": "Bodies that became others",
    "units": "Units inside agencies",
    "word_sets": "Sets of words that rules go by",
}


def pages() -> dict[str, str]:
    """File name -> content."""
    found = {}
    index = [
        "# Tables of the registry",
        "",
        "What sinergi knows before it reads: general knowledge of institutions, each row with its "
        "source. [How to add rows](../registry.md) says what the columns mean.",
        "",
        "| table | | rows |",
        "|---|---|---:|",
    ]
    for path in sorted((ROOT / "data").glob("*.csv")):
        rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
        what = TABLES.get(path.stem, "")
        found[f"{path.stem}.md"] = "\n".join(_page(path.stem, what, rows))
        index.append(f"| [{path.stem}]({path.stem}.md) | {what} | {len(rows):,} |")
    toctree = ["", "```{toctree}", ":hidden:", *(name.removesuffix(".md") for name in found), "```"]
    return {"index.md": "\n".join([*index, *toctree, ""]), **found}


def _page(name: str, what: str, rows: list[dict[str, str]]) -> Iterator[str]:
    yield from (f"# {name}", "", f"{what}: {len(rows):,} rows of `data/{name}.csv`.", "")
    sources = Counter(row["source"] for row in rows if row.get("source"))
    if sources:
        yield from ("## Sources", "", "```{raw} html", "<table><tbody>")
        for source, count in sorted(sources.items(), key=lambda item: (-item[1], item[0])):
            yield f"<tr><td>{escape(source)}</td><td>{count:,} rows</td></tr>"
        yield from ("</tbody></table>", "```", "")
    yield from ("## Rows", "", "```{raw} html", '<div class="table-wrapper"><table><thead><tr>')
    yield "".join(f"<th>{escape(column)}</th>" for column in rows[0])
    yield "</tr></thead><tbody>"
    for row in rows:
        cells = "".join(f"<td>{escape(cell or '')}</td>" for cell in row.values())
        yield f"<tr>{cells}</tr>"
    yield from ("</tbody></table></div>", "```", "")


def write() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, content in pages().items():
        path = FOLDER / name
        if not path.exists() or path.read_text("utf-8") != content:  # Sphinx goes by its time
            path.write_text(content, "utf-8")


if __name__ == "__main__":
    write()
