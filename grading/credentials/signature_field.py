"""The signature field of a tagged PDF, which a screen reader can find and name.

PDF/UA-1 (ISO 14289-1, 7.18) asks that a field has a name for readers (TU) and stands in a Form
element of the structure tree; a signature library adds neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign import fields

if TYPE_CHECKING:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

FIELD = "ChuKySo"
READ_OUT = "Chữ ký số của cơ quan cấp"


def add_signature_field(writer: IncrementalPdfFileWriter) -> None:
    """Add an empty, invisible field on the first page, inside the structure tree if there is one.

    It is part of the revision that the signature will cover.
    """
    spec = fields.SigFieldSpec(FIELD, readable_field_name=READ_OUT)
    fields.append_signature_field(writer, spec)
    root: Any = writer.root
    if "/StructTreeRoot" in root:
        _tag(writer, root["/StructTreeRoot"], root["/AcroForm"]["/Fields"].raw_get(-1))


def _tag(writer: IncrementalPdfFileWriter, tree: Any, widget: Any) -> None:
    """Put the widget in a Form element at the end of the document's reading order."""
    field, number = widget.get_object(), tree["/ParentTreeNextKey"]
    document, nodes = tree["/K"][0], tree["/ParentTree"]
    pointer = _dictionary(Type=pdf_name("/OBJR"), Obj=widget, Pg=field.raw_get("/P"))
    element = writer.add_object(
        _dictionary(
            Type=pdf_name("/StructElem"),
            S=pdf_name("/Form"),
            P=tree["/K"].raw_get(0),
            Alt=generic.TextStringObject(READ_OUT),
            K=pointer,
        )
    )
    document["/K"].append(element)
    nodes["/Nums"].extend([number, element])
    tree[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(number + 1)
    field[pdf_name("/StructParent")] = number
    for changed in (document["/K"], document, nodes["/Nums"], nodes, tree, field):
        writer.update_container(changed)


def _dictionary(**entries: Any) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})
