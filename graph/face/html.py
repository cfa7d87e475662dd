"""Templates of what shows itself in a notebook; everything that is put into them is escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def render(template: str, **values: Any) -> str:
    """The template `templates/NAME.html.j2`, filled in."""
    return _environment().get_template(f"{template}.html.j2").render(values)


def counted(number: int, noun: str) -> str:
    """ "1 meeting", "2,000 meetings"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
