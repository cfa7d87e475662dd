"""What people marked by hand, and which name of it an extracted name means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sinergi.graph.errors import InputError
from sinergi.graph.evaluation.names import overlap, same_person, tokens

# Of the words of two names of agencies so many are in both, of two posts' so many.
SAME_AGENCY, SAME_POST = 0.75, 0.6


@dataclass(frozen=True, slots=True)
class GoldPost:
    person: str
    post: str | None
    organization: str | None
    posts: tuple[str, ...]  # the post and the forms that are as good

    def accepts(self, post: str | None) -> bool:
        if not self.post:
            return True
        return bool(post) and any(
            set(tokens(name)) == set(tokens(post)) or overlap(name, post) >= SAME_POST
            for name in self.posts
        )


@dataclass(frozen=True, slots=True)
class GoldParticipant:
    person: str
    organization: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class GoldMeeting:
    kind: str | None
    status: str
    date: str | None
    organizations: tuple[str, ...]
    participants: tuple[GoldParticipant, ...]


@dataclass(frozen=True)
class Gold:
    """What people marked in one article; `read_gold` makes it."""

    id: str
    officials: tuple[GoldPost, ...]
    meetings: tuple[GoldMeeting, ...]
    persons: Mapping[str, tuple[str, ...]]  # name -> itself and the forms that are as good
    organizations: Mapping[str, tuple[str, ...]]

    def person(self, name: str) -> str:
        """The person of the gold that `name` means; '?' and the words where there is none."""
        wanted = tokens(name)
        exact = (p for p, forms in self.persons.items() if wanted in map(tokens, forms))
        found = next(exact, None) or next(filter(lambda p: self._is(name, p), self.persons), None)
        return found if found and self._is(name, found) else _unknown(name)

    def _is(self, name: str, person: str) -> bool:
        # A first name alone is no finding where the article has the whole.
        short = len(tokens(person)) == 1
        return any(
            same_person(name, form)
            for form in self.persons[person]
            if short or len(tokens(form)) > 1
        )

    def organization(self, name: str | None) -> str | None:
        """The agency of the gold that `name` means; '?' and the words where there is none."""
        if not name:
            return None
        wanted = tokens(name)
        for agency in self.organizations:
            if tokens(agency) == wanted:
                return agency
        for agency, forms in self.organizations.items():
            if wanted in map(tokens, forms):
                return agency
        likeness = {
            agency: max(overlap(name, form) for form in forms)
            for agency, forms in self.organizations.items()
        }
        best = max(likeness, key=lambda agency: likeness[agency], default=None)
        return best if best and likeness[best] >= SAME_AGENCY else _unknown(name)


def _unknown(name: str) -> str:
    return "?" + " ".join(tokens(name))


def read_gold(path: str | Path) -> list[Gold]:
    """The annotations of a folder of JSON files, or of one file, in the order of their names.

    Raises InputError where there is none, or one is not of the form that the module describes.
    """
    path = Path(path)
    files = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"there is no annotation (*.json) in '{path}'; name another folder")
    found: list[Gold] = []
    for file in files:
        try:
            found.append(_gold(json.loads(file.read_text("utf-8"))))
        except OSError as error:
            raise InputError(f"cannot read '{file}' ({error.strerror})") from None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"'{file}' is no annotation ({type(error).__name__}: {error}); it needs id, and "
                "of every official a person, of every meeting its organizations"
            ) from None
    return found


def _gold(raw: dict[str, Any]) -> Gold:
    persons: dict[str, list[str]] = {}
    agencies: dict[str, list[str]] = {}

    def form(table: dict[str, list[str]], name: str | None, aliases: Any = ()) -> None:
        if name:
            table.setdefault(name, [name]).extend(aliases or ())

    officials = raw.get("officials") or ()
    meetings = raw.get("meetings") or ()
    for row in officials:
        form(persons, row["person"], row.get("person_aliases"))
        form(agencies, row.get("organization"), row.get("organization_aliases"))
    for name, aliases in (raw.get("organization_aliases") or {}).items():
        form(agencies, name, aliases)
    for meeting in meetings:
        for name in meeting["organizations"]:
            form(agencies, name)
        for row in meeting.get("participants") or ():
            form(persons, row["person"])
            form(agencies, row.get("organization"))
    return Gold(
        raw["id"],
        tuple(
            GoldPost(
                row["person"],
                row.get("post"),
                row.get("organization"),
                tuple(filter(None, [row.get("post"), *(row.get("post_aliases") or ())])),
            )
            for row in officials
        ),
        tuple(
            GoldMeeting(
                meeting.get("kind"),
                meeting.get("status", "held"),
                meeting.get("date"),
                tuple(meeting["organizations"]),
                tuple(
                    GoldParticipant(row["person"], row.get("organization"), row.get("role"))
                    for row in meeting.get("participants") or ()
                ),
            )
            for meeting in meetings
        ),
        {name: tuple(forms) for name, forms in persons.items()},
        {name: tuple(forms) for name, forms in agencies.items()},
    )
