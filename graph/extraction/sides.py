"""Whose side everybody was on, where no word beside them tells: host, guest or signatory.

What is left open after the words around are read (`roles`) follows from the kind of the meeting,
from who was told first, from posts and from the place.
"""

from __future__ import annotations

from sinergi.graph.extraction.events import Entry, Event
from sinergi.graph.model import Span

# A signing has two or three parties; further agencies watch.
MAX_SIGNING_PARTIES = 3
# Where more come to one, who is not said to be a guest is one of many.
MAX_VISIT_PARTIES = 4
_PRISONS = ("lapas", "lpka", "rutan")
# Meetings with two sides, one of which goes to the other.
VISITS = frozenset(("audiensi", "kunjungan", "silaturahmi", "pertemuan"))


def at_home(event: Event, owner: str) -> None:
    """Make `owner`, whose place it is, the host; of two parties the other is then the guest."""
    others = event.parties.keys() - {owner} if len(event.parties) == 2 else set()
    event.sides |= {owner: "host"} | dict.fromkeys(others, "guest")
    for entry in event.entries.values():
        heads = event.kind != "silaturahmi" and _comes_as_head(entry)
        if entry.actor.org == owner and (entry.role == "guest" or heads):
            entry.role = "host"
        elif entry.actor.org in others and entry.role == "host":
            entry.role = "guest"


def settle(event: Event, hosted: bool) -> None:
    """Give every entry a role: what sentences left open follows from the side."""
    order = list(event.parties)
    sides = dict(event.sides)
    for entry in event.entries.values():
        if entry.role in ("host", "guest", "signatory"):
            sides.setdefault(entry.actor.org, entry.role)
    if event.kind == "operasi":
        sides |= _searched(event)
    if event.kind == "penandatanganan":
        _sign(event, order)
    elif event.kind in VISITS:
        _two_sides(sides, order)
        for entry in event.entries.values():
            entry.role = entry.role or sides.get(entry.actor.org, "") or _by_place(entry, sides)
    elif "host" not in sides.values():
        _first_hosts(event, order)
    else:
        first: dict[str, Span] = {}  # where each body's people are told first
        for entry in sorted(event.entries.values(), key=lambda e: e.span):
            first.setdefault(entry.actor.org, entry.span)
        for entry in event.entries.values():
            post = entry.actor.post
            head = post is not None and post.head
            hosts = sides.get(entry.actor.org) == "host" and head
            if hosts and event.kind == "operasi" and entry.role in ("attendee", "guest"):
                entry.role = "host"
            sent = head or entry.span == first[entry.actor.org]
            came = hosted and sent and entry.role == "attendee"
            own = sides.get(entry.actor.org) == "host" and not hosts
            if not own and (came or (not entry.role and (hosts or hosted))):
                entry.role = "host" if hosts else "guest"
            elif not entry.role and event.kind == "operasi":  # 'melakukan sidak ke X'
                entry.role = sides.get(entry.actor.org, "")
    if event.kind not in VISITS and event.kind != "penandatanganan":
        _stand_for_host(event)
    for entry in event.entries.values():
        entry.role = entry.role or "attendee"


def _stand_for_host(event: Event) -> None:
    """'Rapat digelar X. Hadir Kepala X': of a host that nobody is said to act for, its head."""
    if any(entry.role == "host" for entry in event.entries.values()):
        return
    for entry in event.entries.values():
        post, weak = entry.actor.post, entry.role in ("", "accompanying", "attendee")
        held = event.sides.get(entry.actor.org) == "host"
        if held and weak and post is not None and post.head:
            entry.role, entry.accompanies = "host", None
            return
    own = [e for e in event.entries.values() if event.sides.get(e.actor.org) == "host"]
    if len(own) == 1 and own[0].role in ("", "attendee"):
        own[0].role = "host"  # nobody else has come for it


def _sign(event: Event, order: list[str]) -> None:
    """The heads of the first parties sign, where no one of theirs is said to."""
    signed = {e.actor.org for e in event.entries.values() if e.role == "signatory"}
    for entry in event.entries.values():
        actor = entry.actor
        heads = actor.stands_in or (actor.post is not None and actor.post.head)
        open_role = entry.role in ("", "host", "guest")
        first = actor.org in order[:2] and entry.role == "attendee"
        party = actor.org in order[:MAX_SIGNING_PARTIES] and actor.org not in signed
        if heads and party and (open_role or first):
            entry.role = "signatory"
            signed.add(actor.org)
        elif entry.role == "guest":
            entry.role = "attendee"


def _comes_as_head(entry: Entry) -> bool:
    """'Hadir pula Kepala X', told of a visit to X."""
    return entry.role == "attendee" and entry.actor.post is not None and entry.actor.post.head


def _searched(event: Event) -> dict[str, str]:
    """Whose prison is searched or patrolled holds the operation, whoever else comes along."""
    orgs = [(e.actor.org, e.actor.post.org) for e in event.entries.values() if e.actor.post]
    prisons = {
        name for name, org in orgs
        if org is not None and org.kind is not None and org.kind.key.startswith(_PRISONS)
    }  # fmt: skip
    return dict.fromkeys(prisons, "host") if len(prisons) == 1 else {}


def _by_place(entry: Entry, sides: dict[str, str]) -> str:
    """A head of whom no side is told belongs to that of his own place, else he has come, too."""
    if entry.actor.post is None or not entry.actor.post.head:
        return ""
    place = entry.actor.org.rpartition(" ")[2]
    near = {side for org, side in sides.items() if org.rpartition(" ")[2] == place}
    return near.pop() if len(near) == 1 else "guest"


def _two_sides(sides: dict[str, str], order: list[str]) -> None:
    """Who goes to whom, where only one side is told or none: the first-named goes."""
    known = set(sides.values())
    if len(order) == 2 and len(sides) == 1 and known <= {"host", "guest"}:
        other = next((o for o in order if o not in sides), order[0])
        sides[other] = "guest" if "host" in known else "host"
    elif not sides and len(order) == 2:
        sides |= {order[0]: "guest", order[1]: "host"}
    elif not sides and order:
        sides[order[0]] = "guest"
    elif "host" in known and len(order) <= MAX_VISIT_PARTIES:
        sides |= {o: "guest" for o in order if o not in sides}


def _first_hosts(event: Event, order: list[str]) -> None:
    """The body that the text names first holds what it reports."""
    ranks = {org: rank for rank, org in enumerate(order)}
    first = min(
        event.entries.values(),
        key=lambda e: (ranks.get(e.actor.org, len(order)), e.span.start),
        default=None,
    )
    if first is not None and not first.role:
        first.role = "host"
