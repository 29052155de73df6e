from django.db import connection
from django.test.utils import CaptureQueriesContext
def test_m(region, client):
    client.force_login(region.users["clerk"])
    client.get("/so-theo-doi/")
    for url in ("/so-theo-doi/","/","/ho-so-cua-toi/"):
        with CaptureQueriesContext(connection) as c:
            r=client.get(url)
        print(url, r.status_code, len(c.captured_queries))
        for q in c.captured_queries: print("   ", q["sql"][:150])
