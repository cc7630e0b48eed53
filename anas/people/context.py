from django.conf import settings
from django.http import HttpRequest


def office(request: HttpRequest) -> dict[str, object]:
    """The office whose name stands at the head of the page: the visitor's own, else the root of the tree."""
    return {"demo": settings.DEMO, "office": None}
