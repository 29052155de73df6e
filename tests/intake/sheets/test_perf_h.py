import time, cProfile, pstats
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from soi.intake.sheets import queries
from soi.intake.sheets.actions import take_sheet, start_writing
from soi.intake.sheets.writing import write_some
from tests.intake.sheets.books import row, workbook
N=10000
def test_perf(region):
    actor = region.actor("clerk")
    places=[("Bí thư Đảng ủy Trung đoàn","Đảng ủy Trung đoàn 91"),("Bí thư Đảng ủy Sư đoàn","Sư đoàn 901"),("Bí thư Đảng ủy Lữ đoàn","Lữ đoàn 902"),("Tư lệnh","Bộ Tư lệnh Quân khu")]
    rows=[row(ma=f"CT-{i:05d}" if i%3 else None, nhiem_vu=f"Kiểm tra việc bảo quản vũ khí, trang bị ở {i} đại đội, lập biên bản", chuc_vu=places[i%4][0], don_vi=places[i%4][1], thoi_han="31/12/2021" if i%2 else row()["Thời hạn"], phoi_hop="Đảng bộ Tiểu đoàn 1; Chi bộ Đại đội 2" if i%5==0 else None, chi_tieu=i if i%7==0 else None, don_vi_tinh="đại đội" if i%7==0 else None) for i in range(N)]
    data=workbook(rows); print(len(data))
    for turn in (1,2):
        t=time.time(); p=cProfile.Profile(); 
        s = take_sheet(actor=actor, organization=region.bodies["region"], data=data, filename="a.xlsx", now=region.now, title="CT 2021", period="2021")
        print("dry run", time.time()-t, queries.tally(s))
        if turn==2: break
        start_writing(actor=actor, sheet=s, leave_out_errors=True, now=region.now)
        t=time.time(); n=0
        with CaptureQueriesContext(connection) as q:
            s=write_some(actor=actor, sheet=s, now=region.now)
        print("first 200", time.time()-t, len(q)); 
        import collections
        print(collections.Counter(x["sql"][:60] for x in q.captured_queries).most_common(14))
        reset_queries()
        t=time.time(); k=0; worst=0
        while s.state=="writing" and k<10:
            u=time.time(); s=write_some(actor=actor, sheet=s, now=region.now); k+=1; worst=max(worst,time.time()-u)
        print("rest", time.time()-t, k, worst, k*200/(time.time()-t), queries.tally(s))
    assert 0
