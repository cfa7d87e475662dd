"""Write docs/queries.md from the headers of graph/queries/*.rq; a test checks that they agree."""

from __future__ import annotations

from pathlib import Path

from sinergi.graph.queries import Parameter, named_queries

PAGE = Path(__file__).parent / "queries.md"

HEAD = """# Named queries

Made from the headers of [graph/queries/](../graph/queries/__init__.py). On the command line:

```sh
sinergi query out/store --named who-met-whom
sinergi query out/store --named meetings-of-agency --param agency="Polres Tirtamaya" --format csv
```

In Python:

```python
import sinergi

store = sinergi.open("out/store")
for row in store.ask("collaborations", minimum=2):
    print(row["agencyName"], row["partnerName"], row["meetings"])
```

An agency, an official or an outlet is given by its name, by another name it is known by, or by its
IRI (`<https://w3id.org/sinergi/id/agency/...>`, or short `agency:...`); case, accents and
punctuation do not count. Where a name fits several things, they are listed and nothing is guessed.
A meeting without a known day falls out of any window of days. Each file is plain SPARQL and runs on
any endpoint that holds the graph.
"""


def page() -> str:
    """The whole page."""
    lines = [HEAD]
    for query in named_queries().values():
        lines += [f"## {query.name}", "", f"{query.title}. {query.description}", ""]
        if query.parameters:
            lines += ["| parameter | type | |", "|---|---|---|"]
            lines += [
                f"| `{p.name}` | {p.type}{_mode(p)} | {p.description} |" for p in query.parameters
            ]
            lines.append("")
        lines += ["| column | |", "|---|---|"]
        lines += [f"| `{column.name}` | {column.description} |" for column in query.columns]
        lines.append("")
    return "\n".join(lines)


def _mode(parameter: Parameter) -> str:
    if parameter.default is not None:
        return f", default {parameter.default}"
    return "" if parameter.required else ", optional"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
