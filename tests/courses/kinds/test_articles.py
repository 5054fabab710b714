"""Places in a document, however people cite them."""

import pytest

from courses.kinds.articles import places

CLAUSE = {("dieu", "38"), ("khoan", "1")}


@pytest.mark.parametrize(
    "text", ["khoản 1 Điều 38", "Điều 38.1", "đ38.1", "k1Đ38", "“khoản 1, Điều 38”.", "'Đ38.1'"]
)
def test_a_clause_of_an_article_is_the_same_however_it_is_cited(text):
    assert places(text) == CLAUSE


def test_what_stands_before_an_article_and_its_clause_is_kept():
    assert places("Chương II, Điều 38.1") == CLAUSE | {("chuong", "ii")}
    assert places("Điều 38 và việc khác") == set()
