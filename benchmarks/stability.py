"""How often a key changes when articles come in by date, and whether the old one still leads on.

    python benchmarks/stability.py articles.jsonl [--batch 100]

After each batch everything is resolved anew. An entity's key has changed if a mention that was
known before now has another key; it is lost if nothing says what replaced it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict

from sinergi.graph.model import Extraction, Resolution
from sinergi.graph.pipeline import extract_all
from sinergi.graph.registry import Registry
from sinergi.graph.resolution import resolve

KINDS = ("agency", "meeting", "person")


def keys(resolution: Resolution) -> dict[str, dict[tuple[str, object], str]]:
    """The key of each mention, by kind."""
    found: dict[str, dict[tuple[str, object], str]] = {kind: {} for kind in KINDS}
    for article, links in resolution.links.items():
        found["agency"].update({(article, name): key for name, key in links.agencies.items()})
        found["person"].update({(article, name): key for name, key in links.persons.items()})
        found["meeting"].update({(article, i): key for i, key in enumerate(links.meetings)})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles")
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--verbose", action="store_true", help="List every change.")
    options = parser.parse_args()
    registry = Registry.load()
    found = extract_all([options.articles], registry=registry)
    world = [item for item in found if isinstance(item, Extraction)]
    world.sort(key=lambda e: (e.article.published or "9999", e.article.id))
    changed: dict[str, dict[str, str]] = defaultdict(dict)
    before: dict[str, dict[tuple[str, object], str]] = {kind: {} for kind in KINDS}
    for end in range(options.batch, len(world) + options.batch, options.batch):
        resolution = resolve(world[:end], registry)
        now = keys(resolution)
        for kind in KINDS:
            in_use = set(now[kind].values())
            for mention, key in sorted(before[kind].items(), key=str):
                if now[kind][mention] != key and key not in in_use:
                    changed[kind][key] = now[kind][mention]
        before = now
    lead = {(replacement.kind, replacement.old) for replacement in resolution.replaced}
    for kind in KINDS:
        in_use = set(before[kind].values())
        lost = {key for key in changed[kind] if key not in in_use and (kind, key) not in lead}
        total = len(set(before[kind].values()))
        share = len(changed[kind]) / total if total else 0
        print(
            f"{kind}: {total:,} things, {len(changed[kind])} keys changed ({share:.2%}), "
            f"of which {len(lost)} lead nowhere"
        )
        if options.verbose:
            for old, new in sorted(changed[kind].items()):
                print(f"    {old} -> {new}{' LOST' if old in lost else ''}")


if __name__ == "__main__":
    main()
