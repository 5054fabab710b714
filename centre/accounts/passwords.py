"""What a password must be, in Vietnamese where Django says it in English."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator


class LengthValidator(MinimumLengthValidator):
    """A password of some length."""

    def get_error_message(self) -> str:
        """What is wrong with a shorter one."""
        return f"Mật khẩu quá ngắn; cần ít nhất {self.min_length} ký tự."

    def get_help_text(self) -> str:
        """What is wanted."""
        return f"Ít nhất {self.min_length} ký tự."
