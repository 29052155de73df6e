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
# A page makes tens of thousands of objects and drops nearly all of them by itself; a few thousand hang together
# in cycles. Looking for those after every 700 objects costs a fifth of a page's time; letting twenty looks of the
# youngest go by first holds one page in twenty up for 50 to 95 ms, four of them for about 10.
gc.set_threshold(5_000, 4, 100)
