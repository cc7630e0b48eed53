"""The way to a page, for components/page_head.html. A built-in of all templates (settings.TEMPLATES)."""

from django import template

register = template.Library()


@register.simple_tag
def crumbs(*parts: object) -> list[dict[str, object]]:
    """Label and address of each page above this one, the highest first. A label without an address ("") is a word
    only; an empty label is left out, with its address. Raises ValueError for a label that no address follows."""
    return [{"label": label, "url": url} for label, url in zip(parts[::2], parts[1::2], strict=True) if label]
