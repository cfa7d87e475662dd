"""The file of suppressions, and the form of it that a release may show."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path

from sinergi.graph.errors import InputError
from sinergi.graph.labels import bare
from sinergi.graph.model import Suppression
from sinergi.graph.resolution.names import parse
from sinergi.graph.suppression.redaction import Redactor

COLUMNS = tuple(field.name for field in fields(Suppression))
FILE_NAME = "suppressions.csv"
RELEASED_COLUMNS = ("kind", "reason", "date")


def beside(first_input: str | Path) -> Path:
    """Where the suppressions for inputs are looked for: in the folder that the first stands in."""
    return Path(os.path.abspath(first_input)).parent / FILE_NAME


def read_suppressions(path: Path) -> list[Suppression]:
    """The suppressions of a file, each once and sorted; InputError names the line that is none."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot read the suppressions in '{path}' ({error}); give a CSV file in UTF-8"
        ) from None
    rows = csv.reader(io.StringIO(text))
    found = {
        _suppression(row, f"{path}, line {rows.line_num}")
        for row in rows
        if row and tuple(row) != COLUMNS
    }
    return sorted(found)


def _suppression(row: Sequence[str], where: str) -> Suppression:
    if len(row) != len(COLUMNS):
        raise InputError(
            f"{where}: a suppression is {','.join(COLUMNS)}; there are {len(row)} cells"
        )
    subject, reason, day = (" ".join(cell.split()) for cell in row)
    if not reason:
        raise InputError(f"{where}: a suppression needs a reason")
    try:
        date.fromisoformat(day)
    except ValueError:
        raise InputError(f"{where}: '{day}' is no day like 2025-05-19") from None
    if not is_iri(subject) and not parse(bare(subject)).solid:
        raise InputError(
            f"{where}: '{subject}' is no name and no IRI; write a person's full name, or the IRI "
            "of a person or an article"
        )
    return Suppression(subject, reason, day)


def is_iri(subject: str) -> bool:
    """Whether a suppression is on an IRI or an address; else it is on a name."""
    return subject.casefold().startswith(("http://", "https://"))


def names_person(subject: str) -> bool:
    """Whether a suppression is on a person, by name or IRI; else it is on an article."""
    return not is_iri(subject) or "/person/" in subject


def name_of(subject: str) -> str:
    """The name that a person's suppression has in it: IRIs of persons begin with theirs."""
    if is_iri(subject):
        return subject.rpartition("/person/")[2].partition(".")[0].replace("-", " ")
    return bare(subject)


def released(suppressions: Iterable[Suppression]) -> list[tuple[str, str, str]]:
    """RELEASED_COLUMNS of each, sorted: what was taken out, why and when, but not who.

    Neither names nor IRIs: those of persons are made of their names, those of articles of their
    headlines. Where a reason has the name in it, it is redacted there as well.
    """
    found = list(suppressions)
    names = [parse(name_of(s.subject)) for s in found if names_person(s.subject)]
    redactor = Redactor(names, {key for name in names for key in name.solid_keys})
    return sorted(
        ("person" if names_person(s.subject) else "article", redactor.redact(s.reason), s.date)
        for s in found
    )
