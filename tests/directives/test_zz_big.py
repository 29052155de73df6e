import time, datetime as dt
from soi.directives.cascade import cascade
from soi.directives.models import *
from soi.org.models import *
from soi.directives import queries
from soi.web import directive_page as pages
from tests.directives.story import Story, day
from tests.web.findings_world import enter
def test_big(region, now, time_machine):
    time_machine.move_to(now, tick=False)
    story=Story(region, now)
    N=20000; start=dt.date(2015,1,1)
    d=story.issue("region","division")
    top=region.bodies["division"]
    orgs=Organization.objects.bulk_create([Organization(name=f"Chi bộ {i}",classification="party_cell",start=start,sort_key=f"{i:09d}",search_key="x") for i in range(N)], batch_size=2000)
    par=[]
    for i,o in enumerate(orgs): par.append(top if i<20 else orgs[i//20-1])
    OrganizationEdge.objects.bulk_create([OrganizationEdge(child=o,parent=p,start=start) for o,p in zip(orgs,par)], batch_size=2000)
    up={o.pk:p.pk for o,p in zip(orgs,par)}; up[top.pk]=region.bodies["region"].pk
    rows=[]
    for o in orgs:
        depth,c=0,o.pk
        rows.append(Closure(ancestor_id=c,descendant_id=o.pk,depth=0,start=dt.date(1,1,1)))
        while c in up:
            c=up[c]; depth+=1; rows.append(Closure(ancestor_id=c,descendant_id=o.pk,depth=depth,start=start))
    Closure.objects.bulk_create(rows,batch_size=5000)
    Addressee.objects.bulk_create([Addressee(directive=d,organization=o,added_on=d.issued_on) for o in orgs],batch_size=2000)
    actor=story.actor("clerk")
    from django.db import connection
    if connection.vendor=="postgresql": connection.cursor().execute("ANALYZE")
    for _ in range(3):
        t=time.perf_counter(); c=cascade(actor, queries.get(actor,d.pk), day("30/11")); print("cascade", round((time.perf_counter()-t)*1000), c.tally.duties)
    cl=enter(region,"clerk")
    for path in (f"/chi-dao/{d.pk}/", "/chi-dao/", f"/chi-dao/{d.pk}/?muc=overdue", "/"):
        for _ in range(2):
            t=time.perf_counter(); r=cl.get(path); ms=round((time.perf_counter()-t)*1000)
        print(path, ms, len(r.content), r.status_code)
