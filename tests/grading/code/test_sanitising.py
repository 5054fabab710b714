"""What a candidate displays or writes reaches the examiner's pages without anything that runs."""

from __future__ import annotations

import pandas as pd
import pytest
from code_course import code
from hypothesis import given
from hypothesis import strategies as st

from grading.code.notebooks import make_safe
from grading.code.sanitising import safe_data, safe_html, safe_source

LIVE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<iframe srcdoc='<script>1</script>'></iframe>", "<a href='javascript:alert(1)'>x</a>",
    "<a href='java&#115;cript:alert(1)'>x</a>", "<style>@import 'http://x';</style>",
    "<table onclick=alert(1)></table>", "<div style='background:url(javascript:1)'>x</div>",
    "<details open ontoggle=alert(1)>", "<math><mi xlink:href='javascript:1'>x</mi></math>",
    "<form action=http://x><input type=submit></form>", "<meta http-equiv=refresh content=0>",
    "<p/onmouseover=alert(1)>", "<<script>alert(1)//<</script>", "<!--><script>1</script>-->",
]  # fmt: skip


def runs(html):
    """Whether a browser would find something to run: cleaned text has tags of a few kinds only."""
    low = html.lower().replace("&lt;", "").replace("&gt;", "")
    return any(f"<{tag}" in low for tag in ("script", "svg", "iframe", "math", "form", "meta",
                                            "style", "input")) or any(
        word in tag for tag in low.split("<")[1:] for word in (" on", "/on", "javascript:")
        if word in tag.partition(">")[0])  # fmt: skip


@pytest.mark.parametrize("html", LIVE)
def test_nothing_that_runs_is_left_in_html(html):
    assert not runs(safe_html(html))
    assert not runs(safe_source(f"Bài làm\n\n{html}"))


@given(st.lists(st.sampled_from([*LIVE, "<b>", "</b>", "a < b", "&", '"', "'"]), max_size=5))
def test_nothing_that_runs_is_left_when_pieces_are_put_together(pieces):
    assert not runs(safe_html("".join(pieces)))


def test_a_table_of_pandas_stays_as_it_is():
    html = pd.DataFrame({"a": [1.5, None], "b": ["x", "<&>"]})._repr_html_()
    assert safe_html(html) == html


def test_words_without_html_stay_as_they_are():
    text = "Nếu a < b & c > d thì $x < 1$ và `if a < b:`"
    assert safe_source(text) == text


def test_kinds_that_a_page_would_run_are_left_out_and_pictures_are_pictures():
    data = {
        "text/plain": "1", "application/javascript": "alert(1)", "image/png": '"><script>',
        "application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/html": None,
        "image/svg+xml": "<svg onload='alert(1)'/>", "image/jpeg": "aGk=\n",
    }  # fmt: skip
    assert safe_data(data) == {"text/plain": "1", "image/jpeg": "aGk=\n"}


def test_names_of_cells_and_tags_cannot_leave_their_attributes():
    notebook = code("1")
    notebook.cells[0].metadata["tags"] = ['"><script>alert(1)</script>']
    make_safe(notebook)
    assert "tags" not in notebook.cells[0].metadata
