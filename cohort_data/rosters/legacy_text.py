"""Text typed with TCVN3 (.VnTime) or VNI fonts: recognised so that it can be refused.

Such text is stored as Latin letters that only look Vietnamese in their own font ("NguyÔn" for
Nguyễn). Converting it is a guess for short cells and for capitals, hence nobody guesses here:
the office converts with the tool that its staff checks by eye, and sends the file again.
"""

from __future__ import annotations

import re
from typing import Literal

Encoding = Literal["TCVN3", "VNI"]

# Symbols and letters that no Vietnamese Unicode text has, but each encoding uses inside words.
_TCVN3_SIGNS = re.compile(r"[µ¶·¸¹»¼½¾¨©ª«¬®¢£¤¥¦§¡]")
_VNI_LETTERS = re.compile(r"[øûïöñäåëüæîØÛÏÖÑÄÅËÜÆÎ]")
# VNI writes a vowel and then a letter for its mark ("Traàn", "Leâ"). Only pairs are listed that no
# Unicode syllable has: "oà" of Hoàng and "uâ" of Xuân are not among them.
_VNI_PAIR = re.compile(r"a[âêãõùàáéèú]|e[âãõùàá]|o[âõù]|[uyô][ùõ]", re.IGNORECASE)
# TCVN3 puts Latin capitals with marks within lower-case words: "NguyÔn", "TrÇn", "ViÖt".
_CAPITAL_INSIDE = re.compile(r"[a-z][À-ÖØ-Þ]")
_LATIN1 = re.compile(r"[\u0080-\u00ff]")
_BEYOND_LATIN1 = re.compile(r"[\u0100-\u024f\u1ea0-\u1eff]")


def encoding_of_font(font: str | None) -> Encoding | None:
    """Return the encoding that a font name implies, or None for a Unicode font."""
    name = (font or "").casefold()
    if name.startswith(".vn"):
        return "TCVN3"
    return "VNI" if name.startswith(("vni-", "vni ")) else None


def legacy_encoding(text: str, font: str | None = None) -> Encoding | None:
    """Return the encoding that ``text`` seems to have, or None for Unicode.

    The font is the stronger evidence, but it is often left over on text that has long been
    Unicode, and often lost on text that has not: letters that exist in Unicode Vietnamese alone
    clear a text, and signs that Vietnamese never has give it away whatever the font.
    """
    if not _LATIN1.search(text) or _BEYOND_LATIN1.search(text):
        return None
    if by_font := encoding_of_font(font):
        return by_font
    if _TCVN3_SIGNS.search(text) or _CAPITAL_INSIDE.search(text):
        return "TCVN3"
    return "VNI" if _VNI_LETTERS.search(text) or _VNI_PAIR.search(text) else None
