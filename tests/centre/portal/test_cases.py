"""Cases in the portal: opened by an officer or the board, closed by the board alone, once."""

import re

from sittings import CODE, ids

from centre.decisions.models import IntegrityCase

HERE = "/hoi-dong/vu-viec/"


def words(answer):
    """What a page says."""
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_case_is_opened_and_closed_with_authority_and_by_the_board_alone(portal, browse):
    candidate = ids(portal)["all right"]
    officer, member = browse("giao-vu"), browse("hoi-dong-1")
    told = {"sitting": CODE, "candidate": candidate, "reason": "Thi hộ"}
    wrong = officer.post(f"{HERE}mo/", told | {"candidate": "KHONG-CO"})
    assert (wrong.status_code, "Không có thí sinh KHONG-CO" in words(wrong)) == (422, True)
    assert "đang mở" in words(officer.post(f"{HERE}mo/", told, follow=True))
    case = IntegrityCase.objects.get()
    closing = {"verdict": "co", "authority": "Kết luận số 5", "conclusion": "Đã xác minh"}
    where = f"{HERE}{case.pk}/"
    assert "chờ hội đồng kết luận" in words(officer.get(where))
    assert officer.post(where, closing).status_code == 403
    assert member.post(where, closing | {"authority": ""}).status_code == 422
    assert "kết luận có vi phạm" in words(member.post(where, closing, follow=True))
    again = member.post(where, closing | {"verdict": "khong"})
    assert (again.status_code, "không có vụ việc nào đang mở" in words(again)) == (422, True)
    case.refresh_from_db()
    assert (case.upheld, case.authority) == (True, "Kết luận số 5")
    assert "phải quyết định lại" in words(officer.get(f"/giao-vu/ky-thi/{CODE}/ket-qua/"))


def test_nobody_else_reads_of_cases(portal, browse):  # noqa: ARG001 - the portal they open
    for name in ("GK1", "truong-cham", "van-thu", "coi-thi"):
        assert browse(name).get(HERE).status_code == 403
