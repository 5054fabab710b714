"""What each kind of line is called by people who read the ledger."""

KIND_NAMES = {
    "agency.changed": "cơ quan thay đổi",
    "agency.entered": "ghi cơ quan",
    "appeal.answered": "trả lời đơn",
    "appeal.filed": "nhận đơn phúc khảo",
    "attendance.entered": "ghi tham gia",
    "case.closed": "kết luận vụ việc",
    "case.opened": "mở vụ việc",
    "centre.backed-up": "sao lưu",
    "certificate.issued": "cấp chứng chỉ",
    "certificate.revoked": "thu hồi chứng chỉ",
    "decision.made": "quyết định kết quả",
    "earlier.entered": "ghi kết quả trước đây",
    "essay.marked": "chấm tự luận",
    "incident.noted": "ghi sự cố",
    "key.enrolled": "ghi khoá ký",
    "letter.entered": "ghi văn bản cử đi học",
    "paper.started": "bắt đầu làm bài",
    "paper.taken": "thu bài",
    "person.corrected": "đính chính",
    "person.enrolled": "vào danh sách thi",
    "person.erased": "xoá dữ liệu",
    "person.exported": "xuất dữ liệu",
    "report.written": "lập báo cáo",
    "role.granted": "trao vai trò",
    "role.withdrawn": "thu vai trò",
    "room.assigned": "xếp phòng",
    "room.paused": "tạm dừng phòng",
    "room.resumed": "phòng tiếp tục",
    "sheet.drawn": "lập bảng trình hội đồng",
    "sheet.signed": "ký bảng",
    "sitting.adopted": "nhận kỳ thi cũ",
    "sitting.prepared": "tạo kỳ thi",
    "time.extended": "thêm giờ",
    "user.added": "thêm người dùng",
    "user.admitted": "mở tài khoản học viên",
    "user.invited": "mời đặt mật khẩu",
}


def kind_name(kind: str) -> str:
    """A kind in words; one without words stands as it is."""
    return KIND_NAMES.get(kind, kind)
