"""Makes Django ready when it is imported; programs that are no web server import it before anything with models."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand_server.settings")
django.setup()
