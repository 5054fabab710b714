"""What lies on a trainee's desk when lessons and papers are served."""

import nbformat

from centre.desk.serving import START, TERMS, prepare_desk
from courses.glossary import the_glossary


def text_of(path):
    return "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)


def test_the_start_page_leads_to_the_terms_and_every_term_is_there(sitting):
    desk = prepare_desk(sitting)
    assert f"](/voila/render/{TERMS})" in text_of(desk / START)
    page = text_of(desk / TERMS)
    assert page.startswith("# Thuật ngữ\n")
    assert all(f"**{term.term}**" in page for term in the_glossary().terms)
    assert page.count("\n- ") == len(the_glossary().terms)
