"""Our application for the storm: between the two writes of a vote it waits a moment, so that a worker that is killed
dies there; and with STORM_WITHOUT it lacks what keeps the two together, to see that the storm notices."""

import os
import time
from contextlib import nullcontext
from types import SimpleNamespace

from django.urls import get_resolver

from anas.wsgi import application  # noqa: F401 (what gunicorn serves)
from voting import services

PAUSE = 0.05  # seconds

get_resolver().url_patterns  # noqa: B018 (read now, and not by each new worker)
_mark = services._mark


def mark_and_wait(poll, employee) -> int:
    marked = _mark(poll, employee)
    time.sleep(PAUSE)
    return marked


services._mark = mark_and_wait
if os.environ.get("STORM_WITHOUT") == "atomic":
    services.transaction = SimpleNamespace(atomic=nullcontext)
if os.environ.get("STORM_WITHOUT") == "condition":
    services.MAY_VOTE = services.MAY_VOTE.replace("AND has_voted = false", "")
