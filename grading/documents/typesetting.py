"""Typst templates to PDF/A and PDF/UA, with the house's own fonts and nothing from the machine."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from courses.foundation.errors import CredentialError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import typst

FONTS = Path(__file__).parent / "fonts"


@cache
def _compiler(template: Path) -> typst.Compiler:
    # One compiler a template: fonts are read once, and sys_inputs change from call to call.
    import typst  # noqa: PLC0415 - 7 MB that few processes need

    return typst.Compiler(
        str(template),
        root=str(template.anchor),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
    )


def typeset(template: Path, data: Mapping[str, Any], now: datetime) -> bytes:
    """Typeset ``template`` with ``data`` as PDF/A-2a and PDF/UA-1: to be kept, and read out.

    The template reads ``json(bytes(sys.inputs.data))``: values stay text, whatever markup
    they contain. The same input gives the same bytes. PDF/A makes a missing glyph an error.

    Raises:
        CredentialError: when the document cannot be typeset, with typst's reason.
    """
    import typst  # noqa: PLC0415 - as said

    try:
        pdf = _compiler(template).compile(
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(now.timestamp()),
        )
    except (typst.TypstError, RuntimeError) as error:
        raise CredentialError(f"không dàn được trang: {error}", path=template) from None
    if not isinstance(pdf, bytes):
        raise CredentialError("bản in rỗng", path=template)
    return pdf
