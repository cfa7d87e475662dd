"""What can go wrong, as one small family; the command line turns each into one line."""


class SinergiError(Exception):
    """Root of every error that sinergi raises on purpose.

    The message is one sentence for the user: what is wrong, where, and how to mend it.
    """


class InputError(SinergiError):
    """An input (file, folder, archive, option) cannot be read as what it should be."""


class RegistryError(SinergiError):
    """A table of the registry, ours or the user's, breaks its own rules."""


class StoreError(SinergiError):
    """A store cannot be opened, read or written."""


class QueryError(SinergiError):
    """A query is malformed, or a parameter of a named query does not fit."""


class AmbiguousName(QueryError):
    """A name fits several things; `candidates` lists (label, IRI) for the user to choose."""

    def __init__(self, message: str, candidates: list[tuple[str, str]]) -> None:
        super().__init__(message)
        self.candidates = candidates
        for label, iri in candidates:  # a traceback, in a notebook above all, shows them too
            self.add_note(f"{label}  <{iri}>")
