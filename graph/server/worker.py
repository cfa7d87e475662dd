"""A worker: a process with the store open that answers one question after the other.

Started by pool.py as `python -m sinergi.graph.server.worker CONFIG`. Questions come as lines of
JSON on standard input, answers go as frames to standard output (see frames.py).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import signal
import sys
import traceback
import zlib
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from sinergi.graph.errors import QueryError, SinergiError
from sinergi.graph.server.answers import answer
from sinergi.graph.server.frames import DATA, END, FORGET, FRAME, OUT_OF_MEMORY
from sinergi.graph.server.site import Head, Refused, Site
from sinergi.graph.store import open_store

PIECE = 1 << 16  # bytes of a frame at most, but for the last
# The front ends a question at its limit; the kernel ends it this much later if the front has gone.
GRACE = 2.0
MOST_KEPT = 0.5  # of the limit of memory, with which a worker goes on to the next question
GZIP = 31  # zlib's name for its gzip form; no time stands in its head
COMPRESSION = 5  # of gzip's nine: half the time of the usual nine, and hardly larger


class TooLarge(Exception):
    """The answer has passed the limit."""


class Body(io.TextIOBase):
    """What is written here goes out in frames, at most `limit` bytes before compression."""

    def __init__(self, stream: BinaryIO, limit: int, *, compressed: bool) -> None:
        self._stream = stream
        self._room = limit
        self._compressor = zlib.compressobj(COMPRESSION, wbits=GZIP) if compressed else None
        self._piece = bytearray()

    def write(self, text: str) -> int:
        data = text.encode("utf-8", "replace")
        self._room -= len(data)
        if self._room < 0:
            raise TooLarge
        self._piece += self._compressor.compress(data) if self._compressor else data
        if len(self._piece) >= PIECE:
            self._send()
        return len(text)

    def end(self) -> None:
        """Send what is left."""
        if self._compressor:
            self._piece += self._compressor.flush()
        self._send()

    def _send(self) -> None:
        send(self._stream, DATA, self._piece)
        self._piece.clear()


def send(stream: BinaryIO, kind: bytes, data: bytes | bytearray) -> None:
    """One frame."""
    stream.write(FRAME.pack(kind, len(data)))
    stream.write(data)


def main() -> None:
    """Open the store and answer until standard input ends."""
    config = json.loads(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the front's to hear
    _limit_memory(config["memory_limit"])
    # Frames go to the pipe; whatever else would print goes to standard error.
    stream = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=PIECE)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def opened() -> Site:
        return Site(open_store(config["store"]), config["address"], config["prefix"])

    try:
        site = opened()
    except SinergiError as error:
        _end(stream, {"error": str(error)})
        return
    _end(stream, {})
    stamp = None
    for line in sys.stdin.buffer:
        question = json.loads(line)
        _alarm(question["limit"] + GRACE)
        if question["stamp"] != stamp:  # another generation has been published
            with contextlib.suppress(SinergiError):  # the one at hand goes on serving
                site, stamp = opened(), question["stamp"]
        head = _answer(site, question, stream, config["size_limit"])
        _alarm(0)
        # What was once allocated is hardly given back: a process that has grown too much goes.
        head["last"] = _memory() > config["memory_limit"] * MOST_KEPT
        _end(stream, head)
        if head["last"]:
            return


def _answer(site: Site, question: dict[str, object], stream: BinaryIO, limit: int) -> Head:
    body = Body(stream, limit, compressed=bool(question["gzip"]))
    try:
        head = answer(site, question, cast(TextIO, body))
        body.end()
        if question["gzip"]:
            head["encoding"] = "gzip"
        return head
    except Refused as refused:
        problem = refused
    except QueryError as error:
        problem = Refused(400, str(error))
    except SinergiError as error:
        problem = Refused(500, str(error))
    except TooLarge:
        problem = Refused(
            500,
            f"The answer is larger than the {limit:,} bytes that this server gives at once; ask "
            "for less of it with LIMIT and OFFSET.",
        )
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # the front knows what to say
    except Exception:
        traceback.print_exc()
        problem = Refused(500, "Something went wrong that should not; the server's log has it.")
    send(stream, FORGET, b"")
    send(stream, DATA, f"{problem.sentence}\n".encode("utf-8", "replace"))
    return {"status": problem.status, "type": "text/plain; charset=utf-8"}


def _end(stream: BinaryIO, head: object) -> None:
    send(stream, END, json.dumps(head).encode())
    stream.flush()


def _alarm(seconds: float) -> None:
    """Let the kernel end this process so many seconds from now; 0 calls it off."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _memory() -> int:
    """The bytes that this process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # no Linux
        return 0


def _limit_memory(limit: int) -> None:
    """Make allocations beyond `limit` bytes fail, where the system can: Oxigraph then ends."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
