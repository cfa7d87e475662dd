"""What can be told of a SPARQL text before and after the engine has read it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sinergi.graph.errors import QueryError

NESTING = 200  # brackets and signs within one another; at some thousands the engine's stack ends

# SERVICE is SPARQL's way from a query to the network. The alternatives before it are the places
# where the word may stand without being the keyword; none of them is wider than its production in
# the SPARQL grammar, or text that the engine does read as SERVICE could hide in it.
_TOKEN = re.compile(
    r"""
      \#[^\n\r]*                                                  # comment
    | "{3}(?:\\.|[^\\])*?"{3} | '{3}(?:\\.|[^\\])*?'{3}           # long string
    | "(?:\\.|[^"\\\n\r])*"   | '(?:\\.|[^'\\\n\r])*'             # string
    | <[^<>"{}|^`\\\x00-\x20]*>                                   # IRI
    | [?$]\w+                                                     # variable
    | @[a-z0-9-]+                                                 # language tag
    | :(?:[\w.:-]|\\.)*                                           # local part of a prefixed name
    | (?P<service>service)
    | (?<![\w-])(?P<dataset>from)(?=[\s<#])
    | (?<![\w-])(?P<word>select|construct|values|minus)(?![\w:-])
    | (?P<open>[({\[])
    | (?P<close>[)}\]])
    | (?P<signs>(?:[!^+-]\s*)+)
    """,
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})|\\U([0-9a-f]{8})", re.IGNORECASE)

_UPDATE = re.compile(
    r"(?:\s|\#.*\n|prefix\s+[^<]*<[^>]*>|base\s*<[^>]*>)*"
    r"(insert|delete|load|clear|create|drop|copy|move|add|with)\b",
    re.IGNORECASE,
)
LONGEST_REASON = 80  # characters
_POSITION = re.compile(r"(\d+):(\d+)[:\s]*")


def check(text: str) -> None:
    """Raise QueryError for a query that may not reach the engine.

    That is one with a SERVICE clause (reading a graph uses no network), one nested so deeply that
    it would bring the process down, and one that is no Unicode text.
    """
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError(
            f"The query is no Unicode text (character {error.start}); save it as UTF-8."
        ) from None
    unescaped = _ESCAPE.sub(lambda found: _character(found[1] or found[2]), text)
    for version in {text, unescaped}:
        depth = 0
        for token in _TOKEN.finditer(version):
            if token["service"]:
                raise QueryError(
                    "SERVICE is not answered, since it would reach for the network; query the "
                    "other endpoint by itself (a prefix may not be called 'service' either)."
                )
            depth += bool(token["open"]) - bool(token["close"])
            if max(depth, len(token["signs"] or "")) > NESTING:
                raise QueryError(f"The query is nested more than {NESTING} deep; take it apart.")


def names_graphs(text: str) -> bool:
    """Whether a query says in FROM or FROM NAMED which graphs it is about."""
    return any(token["dataset"] for token in _TOKEN.finditer(text))


def with_values(text: str, values: Mapping[str, str]) -> str:
    """A query with variables bound to terms (as N-Triples has them) in every group of it.

    For an engine that takes no bindings beside the text. Bound at one place only, a variable would
    not reach the filters of other groups. MINUS compares by the variables that both sides bind, so
    that one of its own more would change its meaning; and data and templates are no groups. Raises
    QueryError for a query that has no group at all.
    """
    given = "".join(f" VALUES ?{name} {{ {term} }}" for name, term in values.items())
    parts, begin = [], 0
    words = [token for token in _TOKEN.finditer(text) if token["word"] or token[0] in "{}"]
    last, depth, within = "", 0, 0  # the last word, the depth, and the depth of a MINUS
    for token in words:
        if token["word"]:
            last = token["word"].lower()
            continue
        if token[0] == "}":
            depth -= 1
            within = within if depth >= within else 0
        else:
            depth += 1
            if last == "minus" and not within:
                within = depth
            begins = text[token.end() :].lstrip()[:6].lower()  # a sub-select takes it further in
            if not (last in ("values", "construct") or within or begins == "select"):
                parts += [text[begin : token.end()], given]
                begin = token.end()
        last = ""
    if not parts:
        raise QueryError("CONSTRUCT WHERE binds nothing here; write CONSTRUCT { } WHERE { }.")
    return "".join([*parts, text[begin:]])


def explain(text: str, message: str) -> str:
    """The sentence for a syntax error, from the engine's "error at LINE:COLUMN: expected ..."."""
    if update := _UPDATE.match(text):
        return (
            f"{update[1].upper()} is an update, and a store is only read; "
            "change the articles or decisions and build again."
        )
    position = _POSITION.search(message)
    lines = text.splitlines()
    if not position or not lines:
        return f"The query is malformed: {message}."
    line = min(int(position[1]), len(lines))
    where = f"The query is malformed at line {line}, column {position[2]}"
    expected = message[position.end() :]
    # Where nearly anything might have come, the engine lists it all, down to ranges of letters.
    why = f": {expected}" if len(expected) <= LONGEST_REASON else ""
    return f"{where} ({lines[line - 1].strip()}){why}."


def _character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else "\ufffd"
