"""Abbreviations that every office writes, beside a word that says what they are of."""

from __future__ import annotations

_WRITTEN = {
    "cq": "cơ quan",
    "cp": "chi phí",
    "csdl": "cơ sở dữ liệu",
    "da": "dự án",
    "dl": "dữ liệu",
    "đ/c": "đồng chí",
    "gđ": "giám đốc",
    "hđ": "hợp đồng",
    "hs": "hồ sơ",
    "pa": "phương án",
    "p/a": "phương án",
    "stc": "sở tài chính",
    "tg": "thời gian",
    "ts": "tài sản",
    "tscđ": "tài sản cố định",
    "kp": "kinh phí",
    "lv": "làm việc",
    "nt": "nhà thầu",
    "vb": "văn bản",
    "cntt": "công nghệ thông tin",
    "cđs": "chuyển đổi số",
    "ubnd": "ủy ban nhân dân",
}


def written_out(text: str) -> str:
    """``text``, in lower case, with its abbreviations written in full; one alone stays."""
    words = text.split()
    if len(words) == 1:
        return text
    return " ".join(_WRITTEN.get(word, word) for word in words)
