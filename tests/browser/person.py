"""Somebody at a screen: what one does with a page, and what the browser complains of meanwhile."""

from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.utils.translation import gettext, override
from playwright.sync_api import BrowserContext, Locator

from anas.people.models import Employee
from tests import cast


def said(text: str, **words: object) -> str:
    """A text of the interface as Indonesian pages have it."""
    with override("id"):
        return gettext(text) % words if words else gettext(text)


class Person:
    def __init__(self, context: BrowserContext):
        self.context, self.page = context, context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)

    def _heard(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.page.url}: {message.text}")

    def _answered(self, response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.url}: {response.status}")

    def log_in(self, employee: Employee) -> None:
        self.go("/masuk/")
        self.fill(username=employee.number, password=cast.PASSWORD)
        self.press("form.login-form button")

    def speak(self, language: str) -> None:
        self.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.page.url}])

    @property
    def path(self) -> str:
        """Where the person is."""
        return "/" + self.page.url.split("/", 3)[3].partition("#")[0]

    @property
    def text(self) -> str:
        """What stands on the page."""
        return self.page.inner_text("main")

    def go(self, path: str) -> None:
        self.page.goto(path)

    def follow(self, path: str) -> None:
        """Through a link on this page, wherever it is folded away."""
        link = self.page.locator(f'a[href="{path}"]').first
        self._unfold(link)
        link.click()
        self.page.wait_for_url(f"**{path}", wait_until="domcontentloaded")

    def _unfold(self, what: Locator) -> None:
        for fold in what.locator("xpath=ancestor::details[not(@open)]").all():
            fold.locator("summary").first.click()

    def fill(self, **values: object) -> None:
        """Fields by their names: texts, choices, radio buttons."""
        self.fill_in(values)

    def fill_in(self, values: dict[str, object]) -> None:
        """The same for names that are not as Python has them."""
        kinds = self.page.evaluate("names => names.map(name => document.getElementsByName(name)[0].type)", list(values))
        for (name, value), kind in zip(values.items(), kinds, strict=True):
            field = self.page.locator(f'main [name="{name}"]')
            if kind in ("radio", "checkbox"):
                field.and_(self.page.locator(f'[value="{value}"]')).check()
            elif kind == "select-one":
                field.select_option(str(value))
            else:
                field.fill(str(value))

    def press(self, button: str = "main form[method=post] button.btn-primary[type=submit]") -> None:
        """A button that leads to another page, or to this one again."""
        found = self.page.locator(button).first
        self._unfold(found)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            found.click()

    def confirm(self, path: str, **values: object) -> None:
        """Follows a link to a page that asks once more, fills it in and says yes."""
        self.follow(path)
        self.fill(**values)
        self.press("main form.measure button[type=submit]")

    def attach(self, **files: File) -> None:
        for name, file in files.items():
            chosen = {"name": file.name, "mimeType": "application/octet-stream", "buffer": file.read()}
            self.page.set_input_files(f'[name="{name}"]', [chosen])

    def another_tab(self) -> "Person":
        return Person(self.context)

    def download(self, path: str) -> bytes:
        """A file behind a link of this page."""
        with self.page.expect_download() as waiting:
            self.page.locator(f'a[href="{path}"]').first.click()
        return Path(waiting.value.path()).read_bytes()
