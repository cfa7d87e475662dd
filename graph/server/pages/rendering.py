"""Fill a template; knows nothing of the store, so that the front can show an error with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

LANGUAGES = ("id", "en")  # the first where a reader does not say

_HERE = resources.files(__package__)


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Every word of the pages, by language and key."""
    found: dict[str, dict[str, str]] = json.loads((_HERE / "text.json").read_text("utf-8"))
    return found


@cache
def indonesian_queries() -> Mapping[str, Mapping[str, Any]]:
    """What the named queries and their parameters are called in Indonesian; their files say it in
    English. `queries` goes from a name to title and description, `parameters` from a name to a
    label, `notes` from the English description of a parameter to the Indonesian one.
    """
    found: dict[str, dict[str, Any]] = json.loads((_HERE / "queries.id.json").read_text("utf-8"))
    return found


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    return environment


def render(template: str, language: str, **data: Any) -> str:
    """A page as HTML; `template` without its ending."""
    return (
        _environment()
        .get_template(f"{template}.html.j2")
        .render(language=language, text=texts()[language], number=number, **data)
    )


def number(value: int | str, language: str) -> str:
    """A whole number with its thousands set apart: 1.234 in Indonesian, 1,234 in English."""
    grouped = f"{int(value):,}"
    return grouped.replace(",", ".") if language == "id" else grouped


@cache
def style() -> str:
    """The style sheet: the colours of the network page, and what documents need."""
    colors = resources.files("sinergi.graph.viewer") / "css" / "colors.css"
    return colors.read_text("utf-8") + (_HERE / "style.css").read_text("utf-8")


@cache
def icon() -> str:
    """Two that meet."""
    return (_HERE / "icon.svg").read_text("utf-8")
