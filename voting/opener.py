"""Opens envelopes in a process of its own, which knows nothing but what comes in on standard input: a line of JSON
with key and contests, then one envelope a line. Answers with one line of JSON for each: the choices, or null.

Run as `python -m voting.opener`. No Django here, so that a process starts at once and stays small.
"""

import json
import sys
from binascii import unhexlify

from voting import sealing


def main() -> None:
    task = json.loads(sys.stdin.buffer.readline())
    opener = sealing.Opener(bytes.fromhex(task["key"]), task["contests"])
    lines: dict[int, str] = {}  # the opener gives the same object for the same choices
    for line in sys.stdin.buffer:
        try:
            ballot = opener.open(unhexlify(line.strip()))
        except sealing.BadEnvelope:
            ballot = None
        if id(ballot) not in lines:
            lines[id(ballot)] = json.dumps(ballot, separators=(",", ":")) + "\n"
        sys.stdout.write(lines[id(ballot)])


if __name__ == "__main__":
    main()
