"""What a web server imports: ``gunicorn centre.portal.wsgi:application``, with CIO_CENTRE set."""

from centre.portal.serving import application as _application

application = _application()
