"""How printer and child talk: a JSON head with the length of the bytes behind it."""

import json
import struct
from typing import BinaryIO

_LENGTHS = struct.Struct(">II")


def send(stream: BinaryIO, head: dict, body: bytes = b"") -> None:
    text = json.dumps(head, ensure_ascii=False).encode()
    stream.write(_LENGTHS.pack(len(text), len(body)) + text + body)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict, bytes]:
    """Return the next message. Raises EOFError when the other side has gone."""
    text, body = _LENGTHS.unpack(_exactly(stream, _LENGTHS.size))
    return json.loads(_exactly(stream, text)), _exactly(stream, body)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if data is None or len(data) < length:
        raise EOFError
    return data
