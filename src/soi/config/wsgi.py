"""WSGI: the staff pages."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "soi.config.settings")

application = get_wsgi_application()
# What has been loaded stays until the end: looked through for garbage again and again, it would now and
# then hold a page up for a tenth of a second.
gc.collect()
gc.freeze()
