"""The network page: drawn once for each generation of the store, beside all other questions."""

from __future__ import annotations

import asyncio
import gzip

from sinergi.graph.errors import StoreError
from sinergi.graph.server.pool import Answer, Pool, Unanswered

# Drawing goes on longer than a question may: half a minute at ten thousand articles.
LONGEST = 600.0
# Most stores are drawn within this; who asks for a larger one sooner is told when to come back.
PATIENCE = 4.0
RETRY_AFTER = 5  # seconds
ROOM = 4  # times what a question may take: half a gigabyte is needed at ten thousand articles

TOO_LARGE = "This network is too large to be drawn here; `sinergi view` draws it into a file."


class Drawn:
    """A page; `body` is compressed, as nearly every client takes it."""

    def __init__(self, answer: Answer, of: object) -> None:
        with answer.body as stream:
            self.body = stream.read()
        self.headers = answer.headers
        self.of = of

    def plain(self) -> bytes:
        """For a client that does not take gzip."""
        return gzip.decompress(self.body)


class Drawing:
    """Keeps the page of the generation drawn last, and draws the next one beside it.

    A worker of its own draws, so that none of the others is kept from its questions.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._drawn: Drawn | None = None
        self._tried: object = None  # the generation that is being drawn, or that could not be
        self._task: asyncio.Task[None] | None = None
        self._why: Unanswered | None = None

    def begin(self, *, anyway: bool = False) -> None:
        """See to it that the present generation is drawn; where nobody can tell which that is, only
        if it is to be drawn `anyway`.
        """
        now = self._pool.stamp()
        known = not anyway if now is None else now == self._tried
        if known or (self._task and not self._task.done()):
            return
        self._tried, self._why = now, None
        self._task = asyncio.create_task(self._draw(now))

    async def page(self) -> Drawn | None:
        """The page of the present generation, or while that is drawn of the one before; None where
        there is none as yet. Raises Unanswered where it cannot be drawn.
        """
        self.begin(anyway=True)
        if self._drawn is None and self._task:
            await asyncio.wait([self._task], timeout=PATIENCE)
        if self._drawn is None and self._why:
            raise self._why
        return self._drawn

    async def close(self) -> None:
        """Draw no more."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _draw(self, now: object) -> None:
        try:
            question = {"ask": "network", "gzip": True}
            answer = await self._pool.ask_apart(question, limit=LONGEST, room=ROOM)
            if answer.status == 200:
                self._drawn = Drawn(answer, now)
                return
            with answer.body as stream:
                self._why = Unanswered(answer.status, stream.read().decode().strip())
        except Unanswered:
            self._why = Unanswered(500, TOO_LARGE)
        except StoreError as error:
            self._why = Unanswered(500, str(error))
