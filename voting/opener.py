"""Opens envelopes in a process of its own, which knows nothing but what comes in on standard input: a line of JSON
with key and contests, then the envelopes, each after its length in four bytes. Answers with JSON: which ballots it
found, and how often each; null stands for what holds no ballot.

Run as `python -m voting.opener`. No Django here, so that a process starts at once and stays small.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from voting import sealing

LENGTH = 4  # bytes


def packed(envelopes: Iterable[bytes]) -> bytes:
    """Envelopes as they are sent."""
    return b"".join(part for sealed in envelopes for part in (len(sealed).to_bytes(LENGTH, "big"), sealed))


def _unpacked(stream: BinaryIO) -> Iterator[bytes]:
    while length := stream.read(LENGTH):
        yield stream.read(int.from_bytes(length, "big"))


def main() -> None:
    task = json.loads(sys.stdin.buffer.readline())
    opener = sealing.Opener(bytes.fromhex(task["key"]), task["contests"])
    json.dump(opener.count(_unpacked(sys.stdin.buffer)), sys.stdout)


if __name__ == "__main__":
    main()
