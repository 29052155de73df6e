import datetime as dt
from django.utils import timezone
from soi.briefings import actions, lines
from soi.findings.enums import CauseKind, FindingKind
from soi.org.enums import WorkArea
from soi.work.enums import Result
from tests.briefings.story import Briefing
from tests.browser.conftest import sign_in
D=dt.date
def test_shots(lasting_region, page):
    b=Briefing(lasting_region, timezone.now())
    b.done(b.task("Hoàn thành kiểm tra kỹ thuật 120 xe", due_on=D(2026,11,15)), result=Result.EXCEEDED, on=D(2026,11,10))
    b.done(b.task("Xây dựng 03 nhà đại đội", weight=3, due_on=D(2026,11,15)), on=D(2026,11,10))
    b.done(b.task("Huấn luyện 02 khung dự bị", due_on=D(2026,11,1)), cause="own", on=D(2026,11,10))
    t=b.task("Ban hành quy chế làm việc của 04 phòng", due_on=D(2026, 11, 20), area=WorkArea.LEADERSHIP)
    b.says(t, difficulty="Thiếu cán bộ tham mưu ở phòng chính trị", request="Bổ sung 02 trợ lý trước ngày 15/12")
    t2=b.task("Kiểm tra 12 chi bộ", to="regiment", given_by="division", due_on=D(2026, 9, 20), area=WorkArea.INSPECTION)
    b.says(t2, request="Cho lùi hạn đến hết quý", percent=10)
    b.task("Lập kế hoạch năm 2027", due_on=D(2027, 1, 20), weight=4)
    b.task("Rà soát 30 hồ sơ đảng viên dự bị", due_on=D(2027, 2, 20), area=WorkArea.PERSONNEL)
    b.finding(causes=((CauseKind.OWN,"Chưa sâu sát cơ sở"),(CauseKind.EXTERNAL,"Thiếu quân số")), found_on=D(2026,10,20))
    b.finding("Quản lý vũ khí ở trung đoàn còn sơ hở", body="regiment", kind=FindingKind.SHORTCOMING, found_on=D(2026,10,21))
    b.finding("Hoàn thành sớm chỉ tiêu huấn luyện", kind=FindingKind.STRENGTH, found_on=D(2026,10,21))
    b.finding("Nền nếp sinh hoạt ở chi bộ chưa nghiêm", found_on=D(2026,5,2))
    c=b.conference(conclusions=("Hoàn thành quy chế làm việc của cơ quan","Chấn chỉnh quản lý vũ khí, trang bị","Tổ chức kiểm tra chéo giữa các đơn vị"), period="2026-Q3", on=D(2026,10,5))
    b.became(c,1,t); b.became(c,2,t2)
    Q="2026-Q4"; now=b.now
    for body in ("division","region"):
        actions.open_round(actor=b.actor("clerk"), organization=b.body(body), quarter=Q, due_on=D(2026,11,20), now=now)
    rr=actions.compose_report(actor=b.actor("divisionclerk"), organization=b.body("regiment"), quarter=Q, now=now).report
    lines.add_line(actor=b.actor("divisionclerk"), report=rr, section=5, text="Đề nghị trang bị thêm 02 máy in cho cơ quan trung đoàn", now=now)
    actions.send_report(actor=b.actor("regiment"), report=rr, now=now)
    rep=actions.compose_report(actor=b.actor("divisionclerk"), organization=b.body("division"), quarter=Q, now=now).report
    L=b.lines(rep)
    x=L["results.total"]; lines.edit_line(actor=b.actor("divisionclerk"), line=x, text="Quý IV có 4 nhiệm vụ đến hạn; đã hoàn thành 3 nhiệm vụ, đạt 75% kế hoạch.", expected_version=x.version, now=now)
    lines.drop_line(actor=b.actor("divisionclerk"), line=L["causes.external"], now=now)
    lines.add_line(actor=b.actor("divisionclerk"), report=rep, section=4, text="Mưa lũ kéo dài trong tháng 10 làm chậm tiến độ xây dựng cơ bản.", now=now)
    b.task("Tổ chức hội thao 05 môn", due_on=D(2026,12,10))
    actions.compose_report(actor=b.actor("divisionclerk"), organization=b.body("division"), quarter=Q, now=now)
    def shots(user, path, name, full=True):
        sign_in(page,user)
        for w in (1280,390):
            page.set_viewport_size({"width":w,"height":900}); page.goto(path); page.screenshot(path=f"/tmp/soi/f-{name}-{w}.png", full_page=w>1000)
            assert page.evaluate("document.documentElement.scrollWidth<=innerWidth"), (name,w)
    shots("clerk", f"/giao-ban/?quy={Q}","list")
    shots("divisionclerk", f"/giao-ban/{rep.pk}/","detail")
    shots("divisionclerk", f"/giao-ban/cau/{L['results.defence'].pk}/?so=0","figure")
    page.set_viewport_size({"width":1280,"height":900}); page.goto(f"/giao-ban/{rep.pk}/")
    page.locator(f"#cau-{L['undone.overdue'].pk} .brief-edit").click(); page.wait_for_selector(".brief-editing textarea"); page.screenshot(path="/tmp/soi/f-edit-1280.png", full_page=True)
    page.locator(".brief-editing textarea").fill("Có 2 nhiệm vụ quá hạn, đều đã có nguyên nhân."); page.get_by_role("button", name="Ghi câu này").click()
    page.wait_for_selector(".brief-editing", state="detached"); assert "đều đã có nguyên nhân" in page.content()
    page.locator(f"#cau-{L['undone.raised'].pk} .brief-edit").click(); page.get_by_role("button", name="Chuyển xuống").click(); page.wait_for_selector(".brief-editing", state="detached")
    page.get_by_role("button", name="Dùng câu mới").click(); page.wait_for_selector(".brief-ask", state="detached")
    with page.expect_download() as d: page.get_by_text("Tải Word").click()
    d.value.save_as("/tmp/soi/f-report.docx"); print(d.value.suggested_filename)
    page.get_by_role("button", name="Gửi lên cấp trên").click(); page.locator("[data-ask-yes]").click(); page.wait_for_selector("text=Đã gửi báo cáo")
    shots("clerk", f"/giao-ban/{rep.pk}/","sent")
    sign_in(page,"clerk"); page.set_viewport_size({"width":1280,"height":900}); page.goto(f"/giao-ban/{rep.pk}/tra-lai/"); page.screenshot(path="/tmp/soi/f-return-1280.png")
