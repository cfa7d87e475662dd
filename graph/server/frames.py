"""How an answer comes out of a worker: a row of frames, each a kind, a length, and so many bytes.

The first frame of a worker is an END: {} once the store is open, {"error": ...} where it is not.
"""

from __future__ import annotations

import struct

FRAME = struct.Struct(">cI")

DATA = b"d"  # a piece of the body
FORGET = b"f"  # the body so far does not count: it became an error
END = b"e"  # the head as JSON: the other fields of pool.Answer

OUT_OF_MEMORY = 71  # how a worker exits whose Python found none; Oxigraph ends by SIGABRT instead
