"""Nothing live in what formgrader and feedback show: no script, no handler, no foreign frame.

What a candidate displays or writes goes into web pages of the examiner's as it is. HTML of known
harmless tags passes unchanged; other HTML is cleaned by bleach, and data of other kinds, which
nbconvert would run, is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import bleach
from bleach.css_sanitizer import CSSSanitizer

if TYPE_CHECKING:
    from collections.abc import Callable

_TAGS = frozenset(
    """
    a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre s samp small span strong sub summary sup
    table tbody td tfoot th thead tr tt u ul
    """.split()  # noqa: SIM905 - words are read more easily than a list
)
_ATTRIBUTES = ("border", "class", "style", "colspan", "rowspan", "scope", "align", "valign",
               "width", "height", "title", "alt", "id", "start", "halign", "open")  # fmt: skip
_ALLOWED = {"*": list(_ATTRIBUTES), "a": ["href"], "img": ["src"]}
_STYLE = re.compile(r"<style[^>]*>[^<]*</style\s*>", re.IGNORECASE)
_HARMLESS = re.compile(
    rf"</?(?:{'|'.join(sorted(_TAGS - {'a', 'img'}))})"
    rf"(?:\s+(?:{'|'.join(_ATTRIBUTES)})(?:=\"[\w\s.:;,#%()-]*\")?)*\s*/?>",
    re.IGNORECASE,
)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_LIVE_SVG = re.compile(r"script|\bon\w+\s*=|href\s*=\s*[\"']?(?!#)|foreignobject|&#|<!|<\?php",
                       re.IGNORECASE)  # fmt: skip
_SVG_HEAD = re.compile(r"<\?xml[^>]*\?>|<!DOCTYPE svg[^>\[]*>", re.IGNORECASE)
_MARK = re.compile(r"<[A-Za-z/!?]")


def safe_html(text: str) -> str:
    """The HTML without anything that runs."""
    plain = _STYLE.sub("", text)
    if "<" not in _HARMLESS.sub("", plain):
        return text if "</style" not in text.lower() or _is_scoped(text) else plain
    return bleach.clean(plain, tags=_TAGS, attributes=_ALLOWED, protocols=("http", "https", "data"),
                        css_sanitizer=CSSSanitizer(), strip_comments=True)  # fmt: skip


def _is_scoped(text: str) -> bool:
    """Whether its styles are the few lines with which pandas shows a table."""
    styles = _STYLE.findall(text)
    return all(re.fullmatch(r"<style scoped>[\w\s.{}:;\-]*</style>", style) for style in styles)


def safe_source(text: str) -> str:
    """Markdown or raw text that may hold HTML, without anything that runs."""
    return safe_html(text) if _MARK.search(text) else text


def safe_data(data: dict[str, Any]) -> dict[str, Any]:
    """A display's data by media type, without what would run."""
    kept = {kind: _SAFE[kind](value) for kind, value in data.items() if kind in _SAFE}
    return {kind: value for kind, value in kept.items() if value is not None}


def _text(change: Callable[[str], str | None]) -> Callable[[Any], Any]:
    def change_text(value: Any) -> str | None:
        whole = "".join(value) if isinstance(value, list) and _all_text(value) else value
        return change(whole) if isinstance(whole, str) else None

    return change_text


def _all_text(value: list[Any]) -> bool:
    return all(isinstance(part, str) for part in value)


def _image(value: str) -> str | None:
    return value if _BASE64.fullmatch(value) else None


def _svg(value: str) -> str | None:
    return None if _LIVE_SVG.search(_SVG_HEAD.sub("", value)) else value


_SAFE: dict[str, Callable[[Any], Any]] = {
    "text/plain": _text(lambda value: value),
    "text/latex": _text(safe_source),
    "text/html": _text(safe_html),
    "text/markdown": _text(safe_source),
    "image/png": _text(_image),
    "image/jpeg": _text(_image),
    "image/gif": _text(_image),
    "image/svg+xml": _text(_svg),
    "application/json": lambda value: value,
}
