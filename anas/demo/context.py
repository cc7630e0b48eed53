from django.conf import settings
from django.http import HttpRequest

from anas.demo import roles


def demo_people(request: HttpRequest) -> dict[str, object]:
    """Whose eyes a visitor of the demo may look through; found only where a page asks for them."""
    return {"demo_people": roles.people} if settings.DEMO else {}
