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
# A page makes tens of thousands of objects and drops nearly all of them by itself. Looking for cycles after
# every 700 costs a fifth of its time; after 50,000 it would hold one page in a few up for 70 ms.
gc.set_threshold(5_000, 20, 100)
