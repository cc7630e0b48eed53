"""`python -m tests.bench.inside MODULE ARGUMENT…`: calls the module's `main` where Django is set up, with what stands
on standard input as JSON, and prints its answer as JSON. So each of the measured projects gets a process of its own."""

import json
import sys
from datetime import datetime
from importlib import import_module

import django


def main() -> None:
    django.setup()
    module, *arguments = sys.argv[1:]
    given = sys.stdin.read()
    if given:
        arguments.append(json.loads(given))
    json.dump(import_module(module).main(*arguments), sys.stdout, default=datetime.isoformat)


if __name__ == "__main__":
    main()
