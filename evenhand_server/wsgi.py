"""The entry for web servers (WSGI; measured, ASGI costs three to four times the processor with this kind of code)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand_server.settings")
application = get_wsgi_application()
