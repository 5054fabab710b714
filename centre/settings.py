"""Django's settings, the same for portal, command line, jobs and tests.

What varies is the centre's; importing this module has no effects. Which database is used,
``centre.database`` says when a centre is opened; the secret key and whether HTTPS is on,
``centre.portal.serving``.
"""

from __future__ import annotations

from pathlib import Path

_PORTAL = Path(__file__).parent / "portal"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "centre",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
# Shared by all processes of the portal, so that guesses are counted once for the centre.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "centre.portal.urls"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "centre.portal.uploads.UploadMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "centre.portal.access.ActorMiddleware",
    "centre.portal.errors.ErrorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_PORTAL / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "centre.portal.context.frame",
            ],
            "builtins": ["centre.portal.reading"],
        },
    }
]
STATIC_URL = "/static/"
# One script asks every question, in notebooks and here.
_QUESTIONS = Path(__file__).parents[1] / "courses" / "widgets" / "browser"
STATICFILES_DIRS = [_PORTAL / "static", ("questions", _QUESTIONS)]
WHITENOISE_USE_FINDERS = True

# Nothing runs in a page but the portal's own files; nothing is asked of anybody else.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "centre.portal.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

AUTH_USER_MODEL = "centre.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "centre.accounts.passwords.LengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "centre.portal.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
# By key, not by address: an exam hall stands behind one address.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "7/5m/key",
    "reauthenticate": "30/5m/user",
    "change_password": "30/5m/user",
    "verify": "30/m/ip",  # the public's checks of certificates
}
ACCOUNT_FORMS = {
    "login": "centre.portal.accounts.forms.LoginForm",
    "change_password": "centre.portal.accounts.forms.PasswordForm",
    "reauthenticate": "centre.portal.accounts.forms.AgainForm",
}
MFA_FORMS = {
    "authenticate": "centre.portal.accounts.forms.CodeForm",
    "reauthenticate": "centre.portal.accounts.forms.CodeAgainForm",
    "activate_totp": "centre.portal.accounts.forms.ActivateForm",
}
MFA_ADAPTER = "centre.portal.accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Trung tâm sát hạch"
MFA_TOTP_TOLERANCE = 1  # half a minute fast or slow, as telephones are

USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
FORMAT_MODULE_PATH = ["centre.portal.formats"]
USE_THOUSAND_SEPARATOR = True
