"""Documents that everybody can read: PDF/A and PDF/UA, pages filled, a page axe finds clean."""

from __future__ import annotations

import io
import re
import shutil
import subprocess

import numpy as np
import outloud
import pdfua
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from pypdf import PdfReader
from report_specimens import NOW, SIXTEEN, build, items, one_of_each

from grading.reports.cohort_report import cohort_report
from grading.reports.items import items_report
from grading.reports.renderers import render

KINDS = ("cohort", "candidate", "period", "agency", "items", "technical")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Every kind of report as PDF and as page."""
    folder = tmp_path_factory.mktemp("bao-cao")
    for kind, report in one_of_each().items():
        for form in ("pdf", "html"):
            (folder / f"{kind}.{form}").write_bytes(render(report, form, NOW))
    return folder


def spaced(text):
    return re.sub(r"\s+", " ", text.replace("\N{NO-BREAK SPACE}", " "))


@pytest.mark.parametrize("kind", KINDS)
def test_the_pdf_says_what_it_is_and_in_which_language(written, kind):
    reader = PdfReader(written / f"{kind}.pdf")
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "vi-VN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == one_of_each()[kind].title
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_has_heads_and_every_picture_has_words(written, kind):
    elements = list(structure(PdfReader(written / f"{kind}.pdf").trailer["/Root"]))
    report = one_of_each()[kind]
    names = [element["/S"] for element in elements]
    assert names.count("/Table") == len(report.tables)
    assert names.count("/TH") == sum(len(table.headings) for table in report.tables)
    figures = [element for element in elements if element["/S"] == "/Figure"]
    assert len(figures) == sum(hasattr(block, "plot") for block in report.blocks)
    assert all(len(figure["/Alt"]) > 60 for figure in figures)
    assert names.count("/H1") == 1 + bool(report.annex)


def structure(root):
    def walk(element):
        element = element.get_object()
        if isinstance(element, dict) and "/S" in element:
            yield element
        children = element.get("/K", []) if isinstance(element, dict) else element
        for child in children if isinstance(children, list) else [children]:
            if not isinstance(child.get_object(), int):
                yield from walk(child)

    yield from walk(root["/StructTreeRoot"]["/K"])


@pytest.mark.proof(one_in=3)
@pytest.mark.parametrize("kind", KINDS)
def test_independent_checkers_find_nothing_that_is_not_explained(written, kind):
    path = written / f"{kind}.pdf"
    heads = {spaced(" ".join(t.headings))[:20] for t in one_of_each()[kind].tables}
    sections = {section.heading for section in one_of_each()[kind].sections}
    for finding in outloud.check(str(path)).findings:
        # The checker looks only at tables that name a page themselves, which the standard leaves
        # open; a head repeated on the next page is an artifact, as the standard asks; and the
        # heading that begins each item's page is no running head.
        repeated = finding.rule == "TAG-002" and is_head(finding.evidence, heads)
        begins = finding.rule == "PAG-001" and finding.evidence in sections
        assert finding.rule == "TBL-014" or repeated or begins, finding
    assert [str(f) for f in pdfua.validate(str(path)).findings] == []


def is_head(evidence, heads):
    words = set(spaced(evidence or "").split())
    return any(len(words & set(head.split())) >= 2 for head in heads)


@pytest.mark.parametrize("kind", KINDS)
def test_qpdf_finds_the_file_sound(written, kind):
    if shutil.which("qpdf") is None:
        pytest.skip("chưa cài qpdf")
    run = subprocess.run(
        ["qpdf", "--check", str(written / f"{kind}.pdf")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def filled(pdf, folder):
    """How far down its page the lowest ink of each page is, 0 to 1."""
    (folder / "trang.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-gray", "-r", "20", str(folder / "trang.pdf"), str(folder / "trang")],
        check=True,
    )
    pages = [grey(path) for path in sorted(folder.glob("trang-*.pgm"))]
    return [float(np.flatnonzero((page < 200).any(axis=1))[-1] / len(page)) for page in pages]


def grey(path):
    """The grey values of a portable greymap."""
    _, size, _, data = path.read_bytes().split(b"\n", 3)
    width, height = map(int, size.split())
    return np.frombuffer(data, np.uint8).reshape(height, width)


@pytest.mark.parametrize(
    "report",
    [
        cohort_report(build(SIXTEEN)),
        cohort_report(build([(f"Tỉnh {i:02}", "UBND tỉnh", 1 + i * 4 % 20) for i in range(34)])),
        cohort_report(build([("Một cơ quan", "Sở", 9)], repeaters=0)),
        items_report(items(20)),
        one_of_each()["technical"],
        one_of_each()["candidate"],
    ],
    ids=["cohort", "large", "small", "items", "technical", "candidate"],
)
def test_no_page_but_a_last_one_is_half_empty(report, tmp_path):
    if shutil.which("pdftoppm") is None:
        pytest.skip("chưa cài poppler-utils")
    pdf = render(report, "pdf", NOW)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    body = next((n for n, text in enumerate(pages) if "Phụ lục" in text[:40]), len(pages))
    depths = filled(pdf, tmp_path)
    for depth in depths[: body - 1]:
        assert depth > 0.7, depths
    assert "Nơi nhận" in pages[body - 1]
    assert len(pages[body - 1]) > 250  # more than a signature alone


def test_no_heading_ends_a_page(written):
    for kind in KINDS:
        heads = [s.heading for s in one_of_each()[kind].sections if s.heading]
        for page in PdfReader(written / f"{kind}.pdf").pages:
            last = spaced(page.extract_text()).strip()
            assert not any(last.endswith(spaced(head)) for head in heads)


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chưa cài chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.mark.proof(one_in=3)
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_the_page_which_asks_nobody_for_anything(written, browser, kind):
    page = browser.new_page(viewport={"width": 360, "height": 780}, bypass_csp=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((written / f"{kind}.html").as_uri())
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in found] == []
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()
