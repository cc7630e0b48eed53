"""Opens envelopes in a process of its own, which knows nothing but what comes in on standard input: a line of JSON
with key and contests, then one envelope a line. Answers with one line of JSON for each: the choices, or null.

Run as `python -m voting.opener`. No Django here, so that a process starts at once and stays small.
"""

import json
import sys

from voting import sealing


def main() -> None:
    task = json.loads(sys.stdin.readline())
    key, contests = bytes.fromhex(task["key"]), task["contests"]
    for line in sys.stdin:
        try:
            ballot = sealing.unseal(bytes.fromhex(line), private_key=key, contests=contests)
        except sealing.BadEnvelope:
            ballot = None
        sys.stdout.write(json.dumps(ballot, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
