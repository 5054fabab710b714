"""Markdown to HTML for what trainees read; raw HTML in it stays text."""

from __future__ import annotations

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def block(text: str) -> str:
    """HTML of a Markdown text with paragraphs, lists and tables."""
    return str(_MARKDOWN.render(text))


def inline(text: str) -> str:
    """HTML of a line of Markdown, without a paragraph around it."""
    return str(_MARKDOWN.renderInline(text))
