"""A voter in the storm, who tries until the vote is acknowledged."""

import time
from dataclasses import dataclass, field
from threading import Thread

from tests.bench.client import NO_ANSWER, Answer, Browser
from tests.bench.crowd import NONCE, RECEIPT

# Some hang up before they hear the answer; some press the button twice; some have a second form open and send both.
HABITS = ["patient", "hangs up", "presses twice", "patient", "two forms"]
PATIENCE = 60  # seconds that a voter tries, all in all
REST = 0.1  # seconds after an attempt that failed


@dataclass
class Voter:
    """`given`: what the preparation told of the office (ours.py); `voter`: of this person. `receipt`: the first one
    that the voter saw. `complaints`: what nobody should have to live through."""

    port: int
    given: dict
    voter: dict[str, str]
    habit: str
    forms: list[dict[str, str]] = field(default_factory=list)
    is_acknowledged: bool = False
    receipt: str = ""
    complaints: list[str] = field(default_factory=list)

    @property
    def number(self) -> str:
        return self.voter["number"]

    def vote(self, when: float) -> None:
        """At that moment: fills in a form, sends it until it is acknowledged, and looks at the receipt."""
        time.sleep(max(0, when - time.monotonic()))
        self.ends = time.monotonic() + PATIENCE
        self.forms = [self._form() for _form in range(2 if self.habit == "two forms" else 1)]
        if self.habit == "hangs up":
            self._browser().post_and_hang_up(self.given["path"], self.forms[0])
        sent = self.forms * 2 if self.habit == "presses twice" else self.forms
        senders = [Thread(target=self._send, args=(form,)) for form in sent]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        self.receipt = self._seen()

    def look_again(self) -> None:
        """After the storm: the receipt has to be the one that was seen before."""
        self.ends = time.monotonic() + PATIENCE
        seen = self._seen()
        if self.receipt and seen != self.receipt:
            self.complaints.append(f"saw the receipt {self.receipt}, and now sees {seen or 'none'}")
        if not seen:
            self.complaints.append("was told that the vote is in the box, and is given no receipt")
        self.receipt = self.receipt or seen

    def _browser(self, **cookies: str) -> Browser:
        return Browser(self.port, sessionid=self.voter["session"], csrftoken="a" * 32, **cookies)

    def _form(self) -> dict[str, str]:
        """What the check page has for this voter."""
        while time.monotonic() < self.ends:
            if found := NONCE.search(self._try(self.given["form"]).text):
                return {**self.given["form"], "cast": "1", "nonce": found[1]}
        self.complaints.append("was given no form")
        return {}

    def _send(self, form: dict[str, str]) -> None:
        while time.monotonic() < self.ends:
            if self._try(form).status == 302:
                self.is_acknowledged = True
                return
        self.complaints.append("could not send the vote")

    def _seen(self) -> str:
        """The receipt that the page shows to whoever sent one of the forms; of two forms one made the vote."""
        answers = [self._page(form["nonce"]) for form in self.forms if form]
        return next((found[1] for answer in answers if (found := RECEIPT.search(answer))), "")

    def _page(self, nonce: str) -> str:
        while time.monotonic() < self.ends:
            answer = self._try(None, suara=nonce)
            if answer.status == 200:
                return answer.text
        return ""

    def _try(self, form: dict[str, str] | None, **cookies: str) -> Answer:
        """One attempt. 503 and a broken connection are to be expected, and call for a rest; no other error is."""
        browser, path = self._browser(**cookies), self.given["path"]
        try:
            answer = browser.get(path) if form is None else browser.post(path, form)
        except OSError:
            answer = Answer(NO_ANSWER, "", b"")
        if answer.status not in (NO_ANSWER, 200, 302, 503):
            self.complaints.append(f"was answered {answer.status}")
            self.ends = 0
        if answer.status not in (200, 302):
            time.sleep(REST)
        return answer
