"""The glossary: one name for one thing in all lessons and items, and what it means."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field
from vn_collate import collate_key

from courses.foundation.content import Content, parse_toml, read_text
from courses.foundation.errors import ContentError
from courses.sources import the_sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GLOSSARY = Path(__file__).parent / "glossary.toml"


class Term(Content):
    """One term.

    ``meaning`` is ours, in a sentence or two; ``source`` names the document of a legal term;
    ``avoid`` lists other names of the same thing, which no lesson and no item may use.
    """

    term: str = Field(min_length=1)
    meaning: str = Field(min_length=1)
    abbreviation: str = ""
    source: str = ""
    avoid: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What readers may meet: the term, and its abbreviation if it has one."""
        return (self.term, self.abbreviation) if self.abbreviation else (self.term,)


class Glossary(Content):
    """All terms."""

    terms: tuple[Term, ...] = Field(min_length=1)

    def discouraged(self, text: str) -> Iterator[tuple[str, str]]:
        """Each name to avoid that ``text`` uses, with the term to use instead."""
        for term in self.terms:
            yield from ((name, term.term) for name in term.avoid if _stands_in(name, text))

    def used_in(self, text: str) -> tuple[Term, ...]:
        """The terms that ``text`` uses, in the order of the alphabet."""
        return self._sorted(t for t in self.terms if any(_stands_in(n, text) for n in t.names))

    @property
    def alphabetical(self) -> tuple[Term, ...]:
        """All terms in the order of the Vietnamese alphabet."""
        return self._sorted(self.terms)

    def _sorted(self, terms: Iterable[Term]) -> tuple[Term, ...]:
        return tuple(sorted(terms, key=lambda term: collate_key(term.term.casefold())))


def read_glossary(path: Path = GLOSSARY) -> Glossary:
    """Read the glossary; ContentError on a name entered twice, or both used and avoided."""
    glossary = parse_toml(the_sources().printed(read_text(path), path), path, Glossary)
    seen: set[str] = set()
    for place, term in enumerate(glossary.terms):
        for key, names in (("term", term.names), ("avoid", term.avoid)):
            for name in map(str.casefold, names):
                if name in seen:
                    where = f"terms.{place}.{key}"
                    raise ContentError(f"“{name}” đã có", path=path, key=where)
                seen.add(name)
    return glossary


@cache
def the_glossary() -> Glossary:
    """The glossary of this product."""
    return read_glossary()


def glossary_lines(terms: Iterable[Term]) -> list[str]:
    """A Markdown list of ``terms`` for trainees to read."""
    return [f"- {_line(term)}" for term in terms]


def _line(term: Term) -> str:
    short = f" ({term.abbreviation})" if term.abbreviation else ""
    source = f" *Nguồn: {term.source}.*" if term.source else ""
    return f"**{term.term}**{short}: {term.meaning}{source}"


def _stands_in(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    # Authors wrap lines, so a name may go on in the next one. Capitals make an abbreviation,
    # which is another word in small letters.
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", 0 if name.isupper() else re.IGNORECASE)
