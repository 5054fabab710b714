"""A signed certificate that everybody can read: named, tagged, in its own language."""

import shutil
import subprocess

import outloud
import pdfua
import pytest
from pypdf import PdfReader

from grading.credentials.certificate import render_certificate
from grading.credentials.signature_field import FIELD, READ_OUT
from grading.credentials.signing import sign, signature_holds


@pytest.fixture(scope="module")
def original(data, now, signer, tmp_path_factory):
    path = tmp_path_factory.mktemp("chung-chi") / "chung-chi.pdf"
    path.write_bytes(sign(render_certificate(data, now), signer, "Cấp", now))
    return path


def test_independent_checkers_find_nothing(original):
    assert [str(finding) for finding in outloud.check(str(original)).findings] == []
    assert [str(finding) for finding in pdfua.validate(str(original)).findings] == []


def test_qpdf_finds_the_signed_file_sound(original):
    if shutil.which("qpdf") is None:
        pytest.skip("chưa cài qpdf")
    run = subprocess.run(["qpdf", "--check", str(original)], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr


def test_the_signature_field_has_a_name_and_its_place_in_the_reading_order(original, signer):
    root = PdfReader(original).trailer["/Root"]
    [field] = (field.get_object() for field in root["/AcroForm"]["/Fields"])
    assert (field["/T"], field["/TU"]) == (FIELD, READ_OUT)
    tree = root["/StructTreeRoot"]
    form = tree["/K"][0].get_object()["/K"][-1].get_object()
    assert (form["/S"], form["/Alt"]) == ("/Form", READ_OUT)
    assert form["/K"]["/Type"] == "/OBJR"
    assert form["/K"]["/Obj"].get_object()["/T"] == FIELD
    numbers = tree["/ParentTree"]["/Nums"]
    entries = dict(zip(numbers[::2], numbers[1::2], strict=True))
    assert entries[field["/StructParent"]].get_object() == form
    assert tree["/ParentTreeNextKey"] == field["/StructParent"] + 1
    assert signature_holds(original.read_bytes(), signer.certificate_pem)


def test_it_says_its_title_language_and_standards(original, data):
    reader = PdfReader(original)
    root = reader.trailer["/Root"]
    assert reader.metadata.title == f"{data.title} {data.serial}"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/Lang"] == "vi-VN"
    assert reader.pages[0]["/Tabs"] == "/S"
    xmp = root["/Metadata"].get_data().decode()
    # Signing writes the same properties in RDF's other form, as attributes.
    for said in ('pdfuaid:part="1"', 'pdfaid:part="2"', 'pdfaid:conformance="A"'):
        assert said in xmp
