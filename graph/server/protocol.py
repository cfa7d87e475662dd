"""SPARQL 1.1 Protocol, the asking half: from a request to the query and the graphs it is about.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
DATASET = ("default-graph-uri", "named-graph-uri")
MOST_PARAMETERS = 1000  # graphs, mostly; each costs a line of the query plan


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was sent; `format` is the name of one, where the address has it."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None


class BadRequest(Exception):
    """A request that breaks the protocol: `status` and `sentence` tell how."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def asked(method: str, address: bytes, content_type: str | None, body: bytes) -> Asked | None:
    """The query in a request, None where it has none and wants the service description.

    `address` is what stands behind the '?', `content_type` and `body` belong to a POST.
    Raises BadRequest.
    """
    parameters = _parameters(address.decode("latin-1"))
    if method != "POST":
        return _asked(parameters)
    media = _media(content_type)
    if media == UPDATE:
        raise _read_only()
    if media == DIRECT:
        if any(name == "query" for name, _ in parameters):
            raise BadRequest(400, "A query in the body leaves no room for one in the address.")
        return _asked([*parameters, ("query", _text(body))])
    if media == FORM:
        if strays := {name for name, _ in parameters} & {"query", *DATASET}:
            raise BadRequest(
                400, f"A form holds all parameters in its body; {min(strays)} is in the address."
            )
        form = [pair for pair in parameters if pair[0] == "format"]
        found = _asked([*form, *_parameters(_text(body))])
        if found is None:
            raise BadRequest(400, "The form has no field 'query'.")
        return found
    raise BadRequest(415, f"A query is sent as {FORM} or {DIRECT}, not as {media or 'nothing'}.")


def _asked(parameters: list[tuple[str, str]]) -> Asked | None:
    def values(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    def single(name: str) -> str | None:
        found = values(name)
        if len(found) > 1:
            raise BadRequest(400, f"There may be one '{name}', and there are {len(found)}.")
        return found[0] if found else None

    if values("update"):
        raise _read_only()
    query = single("query")
    format = single("format")
    if query is None:
        return None
    default, named = (values(name) for name in DATASET)
    return Asked(query, default, named, format)


def _parameters(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS
        )
    except UnicodeDecodeError:
        raise BadRequest(400, "The parameters are not UTF-8.") from None
    except ValueError:
        raise BadRequest(400, f"There are more than {MOST_PARAMETERS} parameters.") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest(400, f"The body is not UTF-8 (byte {error.start}).") from None


def _media(content_type: str | None) -> str:
    media, *parameters = (part.strip() for part in (content_type or "").casefold().split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset" and value.strip('"') not in ("utf-8", "utf8"):
            raise BadRequest(415, f"A query is sent as UTF-8, not as {value}.")
    return media


def _read_only() -> BadRequest:
    return BadRequest(403, "This server is for reading; it takes no updates.")
