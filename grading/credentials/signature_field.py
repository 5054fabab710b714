"""The signature field of a tagged PDF, which a screen reader can find and name.

PDF/UA-1 (ISO 14289-1, 7.18) asks that a field has a name for readers (TU) and stands in a Form
element of the structure tree; a signature library adds neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    form = writer.root["/AcroForm"]
    widget = form.raw_get("/Fields").get_object().raw_get(-1)
    if "/StructTreeRoot" in writer.root:
        _tag(writer, widget.reference)


def _tag(writer: IncrementalPdfFileWriter, widget: generic.Reference) -> None:
    tree = writer.root["/StructTreeRoot"]
    document = _first(tree["/K"])
    number = int(tree.get("/ParentTreeNextKey", 0))
    field = widget.get_object()
    element = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/StructElem"),
            pdf_name("/S"): pdf_name("/Form"),
            pdf_name("/P"): _reference(document),
            pdf_name("/Alt"): generic.TextStringObject(READ_OUT),
            pdf_name("/K"): generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/OBJR"),
                    pdf_name("/Obj"): generic.IndirectObject(widget.idnum, 0, writer),
                    pdf_name("/Pg"): field.raw_get("/P"),
                }
            ),
        }
    )
    added = writer.add_object(element)
    _append(writer, document, "/K", added)
    field[pdf_name("/StructParent")] = generic.NumberObject(number)
    nodes = tree["/ParentTree"]
    _append(writer, nodes, "/Nums", generic.NumberObject(number), added)
    tree[pdf_name("/ParentTreeNextKey")] = generic.NumberObject(number + 1)
    for changed in (field, tree):
        writer.update_container(changed)


def _first(children: generic.PdfObject) -> generic.DictionaryObject:
    return children[0] if isinstance(children, generic.ArrayObject) else children


def _reference(element: generic.DictionaryObject) -> generic.IndirectObject:
    found = element.container_ref
    return generic.IndirectObject(found.idnum, found.generation, found.pdf)


def _append(
    writer: IncrementalPdfFileWriter,
    parent: generic.DictionaryObject,
    key: str,
    *children: generic.PdfObject,
) -> None:
    parent[key].extend(children)
    writer.update_container(parent[key])
    writer.update_container(parent)
