from django.conf import settings
from django.http import HttpRequest

from anas.demo import office, roles


def demo_people(request: HttpRequest) -> dict[str, object]:
    """Whose eyes a visitor of the demo may look through, found only where a page asks for them; and what to type where
    a page wants a password."""
    if not settings.DEMO:
        return {}
    return {"demo_people": roles.people, "demo_everybody": roles.everybody, "demo_password": office.PASSWORD}
