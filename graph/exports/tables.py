"""A store as tidy tables (schema.py says what is in them), with a data dictionary beside them.

    from sinergi.graph.exports.tables import write_tables
    from sinergi.graph.store import open_store
    store = open_store("out/store")
    write_tables(store, Path("tables"))                     # a folder
    write_tables(store, Path("tables.zip"), "parquet")      # or one file

`datapackage.json` is the dictionary: a Frictionless tabular data package, with the type and meaning
of every column and what refers to what.

In CSV, a text that a spreadsheet would run as a formula gets an apostrophe in front (GUARDED says
which), since articles are written by strangers; numbers and days are never changed. Parquet holds
texts to the letter.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from sinergi.graph.errors import InputError
from sinergi.graph.exports.entities import (
    Agency,
    Article,
    Change,
    Concept,
    Entity,
    Evidences,
    Meeting,
    Membership,
    Official,
    Participation,
    Post,
    Region,
    Source,
    Statement,
    Topic,
)
from sinergi.graph.exports.reading import Quads, Reader
from sinergi.graph.exports.schema import TABLES, Field, Table
from sinergi.graph.files import new_files, zip_folder

FORMATS = ("csv", "parquet")
DICTIONARY = "datapackage.json"
GUARDED = re.compile(r"'*[=+\-@\t\r]")
"""Texts that begin so get one apostrophe more in CSV (OWASP, CSV injection). Taking one away from
texts that begin with apostrophes and such a sign gives the text back."""

_ROW_GROUP = 10_000  # rows that Parquet holds back; some MB
_MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}

Row = dict[str, Any]


def write_tables(
    store: Quads, out: Path, format: str = "csv", *, about: Mapping[str, Any] | None = None
) -> None:
    """Write the tables of a store and their dictionary into the folder `out`, or into one file
    where it is called .zip.

    `about` are properties of the data package, such as title, description and licenses. The files
    take their places when all are written. Raises InputError for another format, where `out` cannot
    be written, and for parquet where pyarrow is missing.
    """
    if format not in FORMATS:
        raise InputError(f"Tables are not written as {format}; choose {', '.join(FORMATS)}.")
    if format == "parquet":
        _pyarrow()
    zipped = out.suffix.lower() == ".zip"
    with new_files(out.parent if zipped else out) as new:
        folder = new / out.stem if zipped else new
        folder.mkdir(exist_ok=True)
        reader = Reader(store, naming=False)
        export = TablesExport(folder, format, reader.base)
        for entity in reader:
            export.write(entity)
        export.finish()
        package = _package(folder, format, {**(about or {}), "generator": reader.versions()})
        text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
        (folder / DICTIONARY).write_text(text, "utf-8", newline="\n")
        if zipped:
            zip_folder(folder, new / out.name)
            shutil.rmtree(folder)


class TablesExport:
    """Puts the rows of entities into one file a table, all of them open at once."""

    def __init__(self, folder: Path, format: str, base: str) -> None:
        self._rows = Rows(base)
        make = _Csv if format == "csv" else _Parquet
        self._files: dict[str, _Csv | _Parquet] = {
            table.name: make(table, folder / f"{table.name}.{format}") for table in TABLES
        }

    def write(self, item: Entity) -> None:
        for table, row in self._rows(item):
            self._files[table].write(row)

    def finish(self) -> None:
        for file in self._files.values():
            file.finish()


class Rows:
    """From an entity to its rows, each with the name of its table."""

    def __init__(self, base: str) -> None:
        """`base` is how the IRIs of things begin."""
        self._base = base
        self._of: dict[type, Callable[[Any], Iterator[tuple[str, Row]]]] = {
            Concept: self._concept,
            Region: self._region,
            Agency: self._agency,
            Change: self._change,
            Post: self._post,
            Official: self._official,
            Membership: self._membership,
            Topic: self._topic,
            Meeting: self._meeting,
            Article: self._article,
        }

    def __call__(self, entity: Entity) -> Iterator[tuple[str, Row]]:
        return self._of[type(entity)](entity)

    def id(self, thing: Any) -> str | None:
        """The key of a thing: what follows its kind in the IRI."""
        iri = thing if isinstance(thing, str) else getattr(thing, "iri", None)
        return iri.removeprefix(self._base).partition("/")[2] or iri if iri else None

    def _concept(self, it: Concept) -> Iterator[tuple[str, Row]]:
        yield (
            "concepts",
            {"scheme": it.scheme, "key": it.key, "label": it.label, "label_en": it.english},
        )

    def _region(self, it: Region) -> Iterator[tuple[str, Row]]:
        yield "regions", {"region_id": it.code, "name": it.name, "parent_id": it.parent}

    def _agency(self, it: Agency) -> Iterator[tuple[str, Row]]:
        yield "agencies", {
            "agency_id": self.id(it), "name": it.name, "kind": it.kind, "sector": it.sector,
            "parent_id": self.id(it.parent), "region_id": it.region.code if it.region else None,
            "iri": it.iri,
        }  # fmt: skip
        yield from self._names("agency", it)

    def _change(self, it: Change) -> Iterator[tuple[str, Row]]:
        for before in it.before:
            for after in it.after:
                yield "agency_changes", {
                    "change_id": self.id(it), "date": it.date, "before_id": self.id(before),
                    "after_id": self.id(after),
                }  # fmt: skip

    def _post(self, it: Post) -> Iterator[tuple[str, Row]]:
        yield "posts", {
            "post_id": self.id(it), "name": it.name, "agency_id": self.id(it.agency), "iri": it.iri
        }  # fmt: skip
        yield from self._names("post", it)

    def _official(self, it: Official) -> Iterator[tuple[str, Row]]:
        yield "officials", {"official_id": self.id(it), "name": it.name, "iri": it.iri}
        yield from self._names("official", it)
        for kind, title, article in it.titles:
            yield "titles", {
                "official_id": self.id(it), "article_id": self.id(article), "kind": kind,
                "title": title,
            }  # fmt: skip
        yield from self._evidence("official", it.iri, it.evidence)

    def _membership(self, it: Membership) -> Iterator[tuple[str, Row]]:
        first, last = it.days[:1], it.days[-1:]
        yield "memberships", {
            "membership_id": self.id(it), "official_id": self.id(it.official),
            "agency_id": self.id(it.agency), "post_id": self.id(it.post),
            "first_attested": next(iter(first), None), "last_attested": next(iter(last), None),
            "former": it.former, "iri": it.iri,
        }  # fmt: skip
        for article, day, former in it.attested:
            yield "attestations", {
                "membership_id": self.id(it), "article_id": self.id(article), "day": day,
                "former": former,
            }  # fmt: skip
        yield from self._evidence("membership", it.iri, it.evidence)

    def _topic(self, it: Topic) -> Iterator[tuple[str, Row]]:
        yield "topics", {"topic_id": self.id(it), "name": it.name, "iri": it.iri}
        yield from self._names("topic", it)
        yield from self._evidence("topic", it.iri, it.evidence)

    def _names(self, kind: str, it: Agency | Post | Official | Topic) -> Iterator[tuple[str, Row]]:
        for name in it.other_names:
            yield "names", {"thing": kind, "thing_id": self.id(it), "name": name}

    def _meeting(self, it: Meeting) -> Iterator[tuple[str, Row]]:
        meeting = {"meeting_id": self.id(it)}
        yield "meetings", meeting | {
            "kind": it.kind, "status": it.status, "start_date": it.start, "end_date": it.end,
            "place": it.place, "iri": it.iri,
        }  # fmt: skip
        for report in it.reports:
            yield "reports", meeting | {
                "article_id": self.id(report.article), "kind": report.kind,
                "status": report.status, "start_date": report.start, "end_date": report.end,
                "place": report.place, "date_conflict": report.date_conflict,
            }  # fmt: skip
        for topic in it.topics:
            yield "meeting_topics", meeting | {"topic_id": self.id(topic)}
        for part in (*it.agencies, *it.officials):
            yield "participations", meeting | self._participation(part)
        for agreement in it.agreements:
            yield "agreements", meeting | {
                "agreement_id": self.id(agreement), "kind": agreement.kind,
                "name": agreement.name, "iri": agreement.iri,
            }  # fmt: skip
            for party in agreement.signatories:
                row = {"agreement_id": self.id(agreement), "agency_id": self.id(party)}
                yield "signatories", row
        yield from self._evidence("meeting", it.iri, it.evidence)
        for part in (*it.agencies, *it.officials):
            yield from self._evidence("participation", part.iri, part.evidence)
        for agreement in it.agreements:
            yield from self._evidence("agreement", agreement.iri, agreement.evidence)

    def _participation(self, it: Participation) -> Row:
        absent = "represents_official_id" if it.represents_person else "represents_agency_id"
        return {
            "participation_id": self.id(it),
            "participant": "official" if it.person else "agency",
            "agency_id": self.id(it.agency),
            "official_id": self.id(it.who) if it.person else None,
            "post_id": self.id(it.post),
            "role": it.role,
            "accompanies_id": self.id(it.accompanies),
            absent: self.id(it.represents),
            "basis": it.basis,
            "iri": it.iri,
        }

    def _article(self, it: Article) -> Iterator[tuple[str, Row]]:
        source: Source = it.source
        yield "articles", {
            "article_id": self.id(source), "identifier": source.id, "title": source.title,
            "publisher": source.publisher, "published": source.published, "url": source.url,
            "copy_of_id": self.id(source.copy_of), "sha256": source.sha256, "iri": source.iri,
        }  # fmt: skip
        for statement in it.statements:
            yield "statements", self._statement(statement, source)
            yield from self._evidence("statement", statement.iri, statement.evidence)

    def _statement(self, it: Statement, source: Source) -> Row:
        return {
            "statement_id": self.id(it), "article_id": self.id(source),
            "official_id": self.id(it.official), "agency_id": self.id(it.agency),
            "post_id": self.id(it.post), "text": it.text, "direct": it.direct,
            "commitment": it.commitment, "iri": it.iri,
        }  # fmt: skip

    def _evidence(self, kind: str, iri: str, evidence: Evidences) -> Iterator[tuple[str, Row]]:
        for it in evidence:
            yield "evidence", {
                "record": kind, "record_id": self.id(iri), "article_id": self.id(it.article),
                "quote": it.quote, "start": it.start, "end": it.end, "prefix": it.prefix or None,
                "suffix": it.suffix or None, "url": it.article.url, "iri": it.iri,
            }  # fmt: skip


class _Csv:
    """RFC 4180, in UTF-8: an empty cell is what is not known."""

    def __init__(self, table: Table, path: Path) -> None:
        self._stream: TextIO = path.open("w", encoding="utf-8", newline="")
        self._names = [field.name for field in table.fields]
        self._writer = csv.writer(self._stream, lineterminator="\r\n")
        self._writer.writerow(self._names)

    def write(self, row: Row) -> None:
        self._writer.writerow([_cell(row.get(name)) for name in self._names])

    def finish(self) -> None:
        self._stream.close()


def _cell(value: str | int | bool | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if GUARDED.match(value) else value
    return str(value)


class _Parquet:
    def __init__(self, table: Table, path: Path) -> None:
        pa, parquet = _pyarrow()
        types = {
            "string": pa.string(), "integer": pa.int64(), "boolean": pa.bool_(), "date": pa.date32()
        }  # fmt: skip
        self._schema = pa.schema(
            [
                pa.field(f.name, types[f.type], not f.required, {"description": f.description})
                for f in table.fields
            ]
        )
        self._dates = [field.name for field in table.fields if field.type == "date"]
        self._batch = pa.RecordBatch
        self._writer = parquet.ParquetWriter(path, self._schema)
        self._held: list[Row] = []

    def write(self, row: Row) -> None:
        for name in self._dates:
            if day := row.get(name):
                row = row | {name: date.fromisoformat(day)}
        self._held.append(row)
        if len(self._held) >= _ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_batch(self._batch.from_pylist(self._held, self._schema))
        self._held = []

    def finish(self) -> None:
        self._flush()
        self._writer.close()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise InputError(
            "Parquet needs pyarrow, which is not installed; pip install 'sinergi[parquet]'."
        ) from None
    return pyarrow, parquet


def _package(folder: Path, format: str, about: Mapping[str, Any]) -> dict[str, Any]:
    """The data dictionary, with the size and digest of every file."""
    return {
        "profile": "tabular-data-package",
        "name": "sinergi",
        "title": "Who met whom, in which office, and the sentence that says so",
        **about,
        "resources": [_resource(table, folder, format) for table in TABLES],
    }


def _resource(table: Table, folder: Path, format: str) -> dict[str, Any]:
    path = folder / f"{table.name}.{format}"
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    schema: dict[str, Any] = {"fields": [_described(field) for field in table.fields]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if references := [_reference(table, field) for field in table.fields if field.refers]:
        schema["foreignKeys"] = references
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "description": table.description,
        "format": format,
        "mediatype": _MEDIA_TYPES[format],
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": schema | {"missingValues": [""]},
    }


def _described(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": field.name, "type": field.type, "description": f"{field.description}."
    }  # fmt: skip
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values:
        constraints["enum"] = list(field.values)
    return found | ({"constraints": constraints} if constraints else {})


def _reference(table: Table, field: Field) -> dict[str, Any]:
    """A foreign key; "" is how the specification says 'this very table'."""
    (key,) = next(t.key for t in TABLES if t.name == field.refers)
    other = "" if field.refers == table.name else field.refers
    return {"fields": field.name, "reference": {"resource": other, "fields": key}}
