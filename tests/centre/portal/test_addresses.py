"""The addresses that README names are there."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

README = Path(__file__).parents[3] / "README.md"
NAMED = sorted(set(re.findall(r"`(/[a-z-]+/(?:[a-z-]+/)*)`", README.read_text("utf-8"))))


@pytest.mark.parametrize("address", NAMED)
def test_an_address_in_readme_is_a_page(address):
    assert resolve(address).func.access


def test_readme_names_some():
    assert "/giao-vu/" in NAMED
