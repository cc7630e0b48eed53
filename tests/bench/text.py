"""What a page says, without how it says it."""

import re
from collections import Counter


def words(html: str) -> Counter:
    body = html[html.index("<body") :]
    without = re.sub(r"<script.*?</script>|<svg.*?</svg>|<[^>]*>", " ", body, flags=re.DOTALL)
    return Counter(without.split())


def differences(ours: str, plain: str) -> list[str]:
    """The words that only one of two pages has."""
    first, second = words(ours), words(plain)
    found = {"only ours has": first - second, "only the plain one has": second - first}
    return [f"{name} {' '.join(these.elements())}" for name, these in found.items() if these]
