"""Officers named by their rank alone, in an article that has the post and no holder of it.

'Dandim X minum kopi bersama wartawan. ..., kata Letkol Inf N': one post, and one who may have it.
"""

from __future__ import annotations

from collections.abc import Container

from sinergi.graph.extraction.names import Name
from sinergi.graph.extraction.odd_posts import PostMention

# Who heads a unit, by the order of ranks (registry): Polsek Ipda to Kompol, Kodim Letkol.
_COMMANDS = {
    "polsek": (13, 16), "polres": (17, 18), "polda": (19, 20), "koramil": (11, 16),
    "kodim": (17, 17), "korem": (18, 19), "kodam": (20, 20), "yonif": (16, 17), "lanal": (16, 18),
    "lanud": (17, 19), "lantamal": (19, 19), "kodaeral": (19, 19),
}  # fmt: skip
_SERVICES = {"keamanan": ("police",), "pertahanan": ("army", "navy", "airforce")}


def vacant(
    name: Name, others: list[Name], posts: list[PostMention], held: Container[tuple[str, str]]
) -> PostMention | None:
    """The one post that a ranked person may have whom the article gives none: a unit's head of
    that rank without a holder, and no other of `others` who may have it."""
    open_posts = {
        (post.title, post.org.name): post
        for post in posts
        if post.name is None and post.head and not (post.plural or post.former)
        and post.org is not None and post.org.complete
        and (post.title, post.org.name) not in held and _fits(name, post)
    }  # fmt: skip
    if len(open_posts) != 1:
        return None
    (post,) = open_posts.values()
    return post if sum(_fits(other, post) for other in others) == 1 else None


def _fits(name: Name, post: PostMention) -> bool:
    """Whether those of a rank head such units."""
    rank, kind = name.rank_row, post.org.kind if post.org is not None else None
    if rank is None or kind is None:
        return False
    low, high = next((span for key, span in _COMMANDS.items() if kind.key.startswith(key)), (1, 0))
    service = _SERVICES.get(kind.sector, ())
    return low <= rank.order <= high and not set(rank.services).isdisjoint(service)
