"""A crowd in the last hour: people who come one after the other, log in, choose, check and vote, each in a browser."""

import re
import time
from collections.abc import Callable
from threading import Thread

from tests.bench.client import NO_ANSWER, Answer, Browser, Measured
from tests.bench.field import Project

NONCE = re.compile(r'name="nonce" value="([^"]*)"')
RECEIPT = re.compile(r'class="receipt-code">([^<]*)<')


def vote(project: Project, *, number: int, seconds: float) -> Measured:
    """So many people in so many seconds, whether the ones before are done or not. Each request is measured."""
    measured = Measured()
    began = time.perf_counter()
    people = [
        Thread(target=_one, args=(project, voter, began + place * seconds / number, measured))
        for place, voter in enumerate(project.given["voters"][:number])
    ]
    for person in people:
        person.start()
    for person in people:
        person.join()
    measured.seconds = time.perf_counter() - began
    return measured


def _one(project: Project, voter: dict[str, str], when: float, measured: Measured) -> None:
    time.sleep(max(0, when - time.perf_counter()))
    browser, path, choices = Browser(project.port), project.given["path"], project.given["form"]

    def step(status: int, act: Callable[..., Answer], *arguments) -> str:
        began = time.perf_counter()
        try:
            answer = act(*arguments)
        except OSError:
            answer = Answer(NO_ANSWER, "", b"")
        measured.times.append(time.perf_counter() - began)
        if answer.status != status:
            measured.wrong.append(answer.status)
        return answer.text

    step(200, browser.get, "/masuk/")
    step(302, browser.post, "/masuk/", {"username": voter["number"], "password": project.given["password"]})
    step(200, browser.get, path)
    nonce = NONCE.search(step(200, browser.post, path, choices))
    step(302, browser.post, path, {**choices, "cast": "1", "nonce": nonce[1] if nonce else ""})
    if not RECEIPT.search(step(200, browser.get, path)):
        measured.wrong.append(NO_ANSWER)
