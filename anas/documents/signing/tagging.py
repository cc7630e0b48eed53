"""The field of a signature in an accessible PDF: part of the structure tree, as PDF/UA-1 asks of every widget (ISO
14289-1, section 7.18.4)."""

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from anas.documents.signing.sameness import at

NAME, NUMBER = generic.NameObject, generic.NumberObject


class Writer(IncrementalPdfFileWriter):
    """Leaves the metadata as they are. They are those of PDF/A and PDF/UA, and pyHanko would write them anew and lose
    what it does not know."""

    def _update_meta(self) -> None:
        pass


def tag(writer: IncrementalPdfFileWriter, field: Any) -> None:
    """Makes the signature's field a Form at the end of the document's structure; nothing where the file has none."""
    tree = at(writer.root, "/StructTreeRoot")
    if tree is None:
        return
    whole = tree.raw_get("/K")
    top = whole if isinstance(whole, generic.IndirectObject) else whole.raw_get(0)
    widget, page = field.get_object(), field.get_object().raw_get("/P")
    part = {"/Type": NAME("/OBJR"), "/Obj": field, "/Pg": page}
    form = {"/Type": NAME("/StructElem"), "/S": NAME("/Form"), "/P": top, "/K": _dictionary(part)}
    form_ref = writer.add_object(_dictionary(form))
    _append(writer, top.get_object(), form_ref)
    widget["/StructParent"] = _number(writer, tree, form_ref)
    page.get_object()["/Tabs"] = NAME("/S")
    for changed in (widget, page.get_object()):
        writer.update_container(changed)


def _append(writer: IncrementalPdfFileWriter, element: Any, kid: Any) -> None:
    kids = element.raw_get("/K") if "/K" in element else generic.ArrayObject()
    listed = kids.get_object() if isinstance(kids, generic.IndirectObject) else kids
    if not isinstance(listed, generic.ArrayObject):
        listed = element["/K"] = generic.ArrayObject([kids])
    listed.append(kid)
    writer.update_container(element)
    writer.update_container(listed)


def _number(writer: IncrementalPdfFileWriter, tree: Any, form: Any) -> generic.NumberObject:
    """The place of the form in the tree's list of parents, where it is entered."""
    parents = tree["/ParentTree"]
    entries = parents["/Nums"]
    number = NUMBER(max([int(entries[place]) for place in range(0, len(entries), 2)], default=-1) + 1)
    entries += [number, form]
    writer.update_container(parents)
    writer.update_container(entries)
    if "/ParentTreeNextKey" in tree:
        tree["/ParentTreeNextKey"] = NUMBER(number + 1)
        writer.update_container(tree)
    return number


def _dictionary(values: dict[str, Any]) -> generic.DictionaryObject:
    return generic.DictionaryObject({NAME(name): value for name, value in values.items()})
