"""What allauth says, in Vietnamese; it has no catalogue of its own for it."""

ACCOUNT_ERRORS = {
    "account_inactive": "Tài khoản này đã ngừng hoạt động; liên hệ quản trị.",
    "enter_current_password": "Mật khẩu hiện tại không đúng.",
    "incorrect_code": "Mã không đúng.",
    "incorrect_password": "Mật khẩu không đúng.",
    "invalid_login": "Tên đăng nhập hoặc mật khẩu không đúng.",
    "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu không đúng.",
    "too_many_login_attempts": "Sai quá nhiều lần. Chờ năm phút rồi thử lại.",
    "rate_limited": "Gửi quá nhiều lần. Chờ ít phút rồi thử lại.",
    "same_as_current": "Giá trị mới phải khác giá trị hiện tại.",
    "select_only_one": "Chỉ chọn một.",
}
SECOND_FACTOR_ERRORS = {
    "cannot_delete_authenticator": "Không bỏ được lớp xác thực thứ hai.",
    "cannot_generate_recovery_codes": "Cần gắn ứng dụng xác thực trước khi tạo mã dự phòng.",
    "incorrect_code": "Mã không đúng. Xem lại giờ trên điện thoại và nhập mã đang hiện.",
}
ANOTHER_WAY = {
    "reauthenticate": "Dùng mật khẩu",
    "mfa_reauthenticate": "Dùng mã của ứng dụng xác thực",
}
