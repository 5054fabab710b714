"""Numbers and symbols of documents, part by part."""

import pytest

from courses.kinds.symbols import Symbol, names_number, same_symbol, symbols

DECREE = "14/2014/NĐ-CP"


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("14/2014/QĐ-UBND", ("14", "2014", "qd", "ubnd")),
        ("14/2014/QÐ-UBND", ("14", "2014", "qd", "ubnd")),
        ("14/2014/QĐUBND", ("14", "2014", "qd", "ubnd")),
        ("14-2014/q.đ.ubnd", ("14", "2014", "qd", "ubnd")),
        ("014/2014", ("14", "2014", "", "")),
        ("14a/2014/TTLT-BTC-BNV", ("14a", "2014", "ttlt", "btcbnv")),
        ("3/TTLT-BTC", ("3", "", "ttlt", "btc")),
        ("80/2015/QH13", ("80", "2015", "", "qh13")),
        ("Luật 80/2015/QH13", ("80", "2015", "l", "qh13")),
        ("Luật Ban hành văn bản số 80/2015", ("80", "2015", "l", "")),
        ("55/BTTTT-ƯDCNTT", ("55", "", "", "bttttudcntt")),
        ("CV 55/BTTTT-ƯDCNTT", ("55", "", "cv", "bttttudcntt")),
        ("Quyết định 14", ("14", "", "qd", "")),
        ("QĐ-UBND 14/2014", ("14", "2014", "qd", "ubnd")),
        ("QĐ-SoYT số 14/2014", ("14", "2014", "qd", "soyt")),
        ("QĐ-STC số 14/2014/UBND", ("14", "2014", "qd", "ubnd")),
        ("Đáp án là: “Thông tư số 3/2020/TT-BTC”!", ("3", "2020", "tt", "btc")),
        ("3\\2020\\TT_BTC?", ("3", "2020", "tt", "btc")),
        ("3/2020/TT-BTC ngày 12/3/2020", ("3", "2020", "tt", "btc")),
        ("số 3/2020;", ("3", "2020", "", "")),
    ],
)
def test_a_document_is_read_as_number_year_type_and_issuer(text, symbol):
    assert symbols(text) == (Symbol(*symbol),)


@pytest.mark.parametrize("text", ["Nghị định 14/2014/QĐ-UBND", "14", "14 ngày", "", "QĐ"])
def test_what_names_no_document_that_could_exist_is_none(text):
    assert symbols(text) == ()


@pytest.mark.parametrize(
    ("answer", "same"),
    [
        ("14/2014", True),
        ("14/2014/NĐ-CP", True),
        ("Nghị định 14/2014", True),
        ("14/2014/CP", True),
        ("15/2014/NĐ-CP", False),
        ("14/2015/NĐ-CP", False),
        ("14/NĐ-CP", False),
        ("14/2014/QĐ-CP", False),
        ("14/2014/NĐ-TTg", False),
        ("không biết", False),
    ],
)
def test_number_and_year_decide_and_what_else_is_given_must_agree(answer, same):
    assert same_symbol(answer, DECREE) is same


def test_an_answer_may_give_more_than_the_meaning_does():
    assert same_symbol("14/2014/NĐ-CP", "14/2014")
    assert same_symbol("Quyết định 3/2020/BTC", "3/2020/BTC")
    assert not same_symbol(DECREE, "nghị định")


@pytest.mark.parametrize(
    ("answer", "named"),
    [("số 14", True), ("0014/x", True), ("114", False), ("141", False), ("2014", False)],
)
def test_the_number_alone_is_found_as_a_whole(answer, named):
    assert names_number(answer, DECREE) is named
