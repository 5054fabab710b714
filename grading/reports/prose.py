"""A question's Markdown as blocks of a report: paragraphs, lists and tables, without its marks."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from grading.reports.model import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grading.reports.model import Block


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The text in reading order; pictures and markup of other kinds are left out."""
    return tuple(_walk(SyntaxTreeNode(_parser().parse(markdown))))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _walk(node: SyntaxTreeNode) -> Iterator[Block]:
    for child in node.children:
        if child.type in ("paragraph", "heading"):
            yield Paragraph(_text(child))
        elif child.type == "list_item":
            yield Paragraph(_text(child), "item")
        elif child.type in ("fence", "code_block"):
            yield Paragraph(" ".join(child.content.split()))
        elif child.type == "table":
            yield _table(child)
        else:
            yield from _walk(child)


def _text(node: SyntaxTreeNode) -> str:
    """What can be read of an element and all in it."""
    parts = [
        " " if one.type in ("softbreak", "hardbreak") else one.content
        for one in node.walk()
        if one.type in ("text", "code_inline", "softbreak", "hardbreak")
    ]
    return " ".join("".join(parts).split())


def _table(node: SyntaxTreeNode) -> Table:
    rows = [[_text(cell) for cell in row.children] for row in node.walk() if row.type == "tr"]
    return Table("Bảng trong câu hỏi", tuple(rows[0]), tuple(map(tuple, rows[1:])))
