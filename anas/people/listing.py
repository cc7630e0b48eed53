"""Lists that are searched, narrowed down and sorted by what stands in the address."""

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet


class ListForm(forms.Form):
    """What is asked for. What cannot be is left out of account. A list has the fields `q` and `sort`, and those named
    in `narrowing`; `sorts` says by which columns of the table each choice of `sort` orders."""

    sorts: ClassVar[dict[str, list[str]]]
    usual_order: ClassVar[str]
    narrowing: ClassVar[tuple[str, ...]]

    def __init__(self, data: Any):
        super().__init__(data)
        backwards = [(f"-{name}", f"{label} ↓") for name, label in self.fields["sort"].choices]
        self.fields["sort"].choices += backwards

    def value(self, name: str) -> Any:
        return self.cleaned_data.get(name) or ""

    @property
    def is_narrowed(self) -> bool:
        return any(self.value(name) for name in self.narrowing)

    @property
    def order(self) -> str:
        return self.value("sort") or self.usual_order

    def in_order(self, found: QuerySet) -> QuerySet:
        """As was asked for: by a column, or backwards."""
        ordered = found.order_by(*self.sorts[self.order.removeprefix("-")])
        return ordered.reverse() if self.order.startswith("-") else ordered

    def columns(self) -> list[dict[str, str]]:
        """The heads of the columns: each sorts by its column, and a second time backwards."""
        labels = dict(self.fields["sort"].choices)
        return [
            {
                "label": labels[name],
                "sort": f"-{name}" if self.order == name else name,
                "state": {name: "ascending", f"-{name}": "descending"}.get(self.order, ""),
            }
            for name in self.sorts
        ]
