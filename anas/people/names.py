"""How Indonesian names are written. Pure functions, no database."""


def with_titles(name: str, before: str, after: str) -> str:
    """("Siti Rahayu", "Dr.", "S.E., M.M.") → "Dr. Siti Rahayu, S.E., M.M."; no stray blanks or commas."""
    full = " ".join(filter(None, [before.strip(), name.strip()]))
    return ", ".join(filter(None, [full, after.strip(" ,")]))


def initials(name: str) -> str:
    """At most two letters for the circle that stands in for a missing photo."""
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def masked(number: str) -> str:
    """A personal number as the public may see it: the first four and the last two digits; nothing of a short one."""
    return "•" * len(number) if len(number) < 8 else f"{number[:4]}{'•' * (len(number) - 6)}{number[-2:]}"
