"""Markdown to HTML for what trainees read; raw HTML in it stays text, and nothing is inline style.

The portal's pages allow no style but their own files': how a column is set is a class.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def _align_by_class(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            setting = str(token.attrs.pop("style")).partition(":")[2]
            token.attrSet("class", f"align-{setting.strip()}")


_MARKDOWN.core.ruler.push("align_by_class", _align_by_class)


def block(text: str) -> str:
    """HTML of a Markdown text with paragraphs, lists and tables."""
    return str(_MARKDOWN.render(text))


def inline(text: str) -> str:
    """HTML of a line of Markdown, without a paragraph around it."""
    return str(_MARKDOWN.renderInline(text))
