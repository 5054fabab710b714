"""Real documents for the QL1 simulation: the bases QĐ 445/2013/QĐ-UBND cites, and what followed.

Numbers and dates of the laws and decrees are those of the documents themselves. What is not
settled stands in a comment and is shown to the trainee as “cần đối chiếu”. The draft is a
simulated one (tình huống giả định): which provision rests on which basis is our assumption.
"""

from __future__ import annotations

from datetime import date

from courses.models.legal_validity import Basis, Document, Draft, Provision, register

FIRST = date(2013, 9, 13)
"""QĐ 445/2013/QĐ-UBND took effect ten days after it was signed on 03/9/2013 (its Điều 2)."""

LAST = date(2026, 1, 1)
"""The register is kept up to the day before; later changes are to be checked by the reader."""

CITED = (
    "Luật 11/2003/QH11",
    "Luật 31/2004/QH11",
    "Luật 22/2008/QH12",
    "Luật 58/2010/QH12",
    "NĐ 24/2010/NĐ-CP",
    "NĐ 64/2007/NĐ-CP",
)
"""The six bases on the first page of QĐ 445/2013/QĐ-UBND."""

DOCUMENTS = register(
    [
        Document(
            "Luật 11/2003/QH11",
            "Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân",
            date(2003, 11, 26),
            date(2003, 12, 10),
            date(2016, 1, 1),
            "Luật 77/2015/QH13",
        ),
        Document(
            "Luật 77/2015/QH13",
            "Tổ chức chính quyền địa phương",
            date(2015, 6, 19),
            date(2016, 1, 1),
            date(2025, 3, 1),
            "Luật 65/2025/QH15",
        ),
        Document(
            "Luật 65/2025/QH15",
            "Tổ chức chính quyền địa phương",
            date(2025, 2, 19),
            date(2025, 3, 1),
            date(2025, 6, 16),
            "Luật 72/2025/QH15",
        ),
        Document(
            "Luật 72/2025/QH15",
            "Tổ chức chính quyền địa phương",
            date(2025, 6, 16),
            date(2025, 6, 16),
        ),
        Document(
            "Luật 31/2004/QH11",
            "Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân, Uỷ ban nhân dân",
            date(2004, 12, 3),
            date(2005, 4, 1),
            date(2016, 7, 1),
            "Luật 80/2015/QH13",
        ),
        Document(
            "Luật 80/2015/QH13",
            "Ban hành văn bản quy phạm pháp luật",
            date(2015, 6, 22),
            date(2016, 7, 1),
            date(2025, 4, 1),
            "Luật 64/2025/QH15",
        ),
        Document(
            "Luật 64/2025/QH15",
            "Ban hành văn bản quy phạm pháp luật",
            date(2025, 2, 19),
            date(2025, 4, 1),
        ),
        Document(
            "Luật 22/2008/QH12",
            "Cán bộ, công chức",
            date(2008, 11, 13),
            date(2010, 1, 1),
            date(2025, 7, 1),
            "Luật 80/2025/QH15",
        ),
        Document(
            "Luật 80/2025/QH15",
            "Cán bộ, công chức",
            date(2025, 6, 24),
            date(2025, 7, 1),
        ),
        # A new law on public employees was passed at the end of 2025: after LAST, to be checked.
        Document(
            "Luật 58/2010/QH12",
            "Viên chức",
            date(2010, 11, 15),
            date(2012, 1, 1),
            caveat="đã sửa đổi; cần đối chiếu",
        ),
        Document(
            "NĐ 24/2010/NĐ-CP",
            "Tuyển dụng, sử dụng và quản lý công chức",
            date(2010, 3, 15),
            date(2010, 5, 1),
            date(2020, 12, 1),
            "NĐ 138/2020/NĐ-CP",
        ),
        Document(
            "NĐ 138/2020/NĐ-CP",
            "Tuyển dụng, sử dụng và quản lý công chức",
            date(2020, 11, 27),
            date(2020, 12, 1),
            date(2025, 7, 1),
            "NĐ 170/2025/NĐ-CP",
        ),
        Document(
            "NĐ 170/2025/NĐ-CP",
            "Tuyển dụng, sử dụng và quản lý công chức",
            date(2025, 6, 30),
            date(2025, 7, 1),
        ),
        # The day of issue stands for the first day in force, which is to be checked; both are
        # years before FIRST. Later decrees repealed parts of it; which articles, to be checked.
        Document(
            "NĐ 64/2007/NĐ-CP",
            "Ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước",
            date(2007, 4, 10),
            date(2007, 4, 10),
            caveat="có phần đã bãi bỏ; cần đối chiếu",
        ),
    ]
)

_OFFICIALS, _DECREE, _IT = (
    Basis("Luật 22/2008/QH12"),
    Basis("NĐ 24/2010/NĐ-CP"),
    Basis("NĐ 64/2007/NĐ-CP"),
)

DRAFT = Draft(
    authority=(Basis("Luật 11/2003/QH11"), Basis("Luật 31/2004/QH11")),
    provisions=(
        Provision("Phạm vi, đối tượng áp dụng"),
        Provision("Tiêu chuẩn công chức chuyên trách", (_OFFICIALS, _DECREE)),
        Provision("Bố trí viên chức của Trung tâm", (Basis("Luật 58/2010/QH12"),)),
        Provision("Nhiệm vụ của chuyên trách CNTT", (_IT,)),
        Provision("Chế độ báo cáo định kỳ, sự cố", (_IT,)),
        Provision("Khen thưởng, kỷ luật công chức", (_OFFICIALS,)),
        Provision("Tuyển dụng, phân công công chức", (_DECREE,)),
        Provision("Trách nhiệm đơn vị chuyên trách", (_IT,)),
    ),
)
"""A simulated draft to replace QĐ 445/2013/QĐ-UBND whose bases were copied from the old page."""
