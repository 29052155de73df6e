"""Invented texts in the genres that intake reads. Every person, body and figure is made up."""

from __future__ import annotations

BRIEFING = """\
Thứ hai Ngày 12 Tháng 08 Năm 2024, 07:45:10

Quân khu Tây Hồ giao ban công tác đảng, công tác chính trị quý II

Ngày đăng: 05/07/2022

Sáng 4/7, Bộ Tư lệnh Quân khu Tây Hồ tổ chức Hội nghị trực tuyến giao ban công tác đảng, \
công tác chính trị quý II năm 2022. \
Thiếu tướng Đặng Quang Lẫm, Ủy viên Trung ương Đảng, Bí thư Đảng ủy, Chính ủy Quân khu chủ trì hội nghị. \
Dự hội nghị có Đại tá Lưu Thế Hậu, Phó Chính ủy Quân khu; Đại tá Ninh Công Trứ, Chủ nhiệm Chính trị Quân khu.

Thiếu tướng Đặng Quang Lẫm, Bí thư Đảng ủy, Chính ủy Quân khu phát biểu tại hội nghị.

Hội nghị đánh giá, trong quý II, các cơ quan, đơn vị đã duy trì nghiêm chế độ trực sẵn sàng chiến đấu; \
công tác dân vận được đẩy mạnh, đã giúp dân 1.250 ngày công. \
Tuy nhiên, bên cạnh kết quả đạt được, còn một số han chế, khuyết điểm như: \
công tác quản lý bộ đội ở Lữ đoàn 29 chưa chặt chẽ; \
sinh hoạt chi bộ ở một số đơn vị còn hình thức; phân công nhiệm vụ thiếu cụ thể. \
Nguyên nhân chủ yếu là do một số cấp uỷ chưa quyết liệt trong lãnh đạo.

Kết luận hội nghị, Thiếu tướng Đặng Quang Lẫm yêu cầu: Quý III, các cơ quan, đơn vị tiếp tục thực hiện nghiêm \
Chỉ thị số 12-CT/QUTW ngày 05/3/2022 của Quân ủy Trung ương; rà soát, khắc phục ngay những hạn chế đã nêu; \
đồng thời, phải chuẩn bị tốt cho diễn tập khu vực phòng thủ.

Nhân dịp này, Quân khu khen thưởng 5 tập thể, 8 cá nhân.

Tin, ảnh: QUANG TÙNG

Trả lời

Thư điện tử của bạn sẽ không được hiển thị công khai.
"""

SELF_CRITICISM = """\
Trong 2 ngày 17 và 18-11, Ban Thường vụ Huyện ủy Đông Sơn Hạ tổ chức hội nghị kiểm điểm tập thể, cá nhân năm 2023. \
Đồng chí Quách Thị Mận, Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng Ban Tổ chức Tỉnh ủy dự và chỉ đạo; \
đồng chí Tạ Văn Rạng, Tỉnh ủy viên, Bí thư Huyện ủy chủ trì hội nghị.

Đồng chí Kha Minh Đẩu, Phó Bí thư Thường trực Huyện ủy trình bày báo cáo kiểm điểm tập thể Ban Thường vụ Huyện ủy. \
Các đại biểu đã thảo luận, làm rõ những ưu điểm, hạn chế, khuyết điểm.

Theo đó, năm 2023, Ban Thường vụ Huyện ủy đã lãnh đạo hoàn thành 16/18 chỉ tiêu; thu ngân sách đạt 412 tỷ đồng. \
Bên cạnh đó, còn một số tồn tại, hạn chế: tiến độ giải phóng mặt bằng ở xã Hòa Lộc còn chậm; \
chỉ số cải cách hành chính giảm 3 bậc.

Phát biểu chỉ đạo, đồng chí Quách Thị Mận đề nghị Ban Thường vụ Huyện ủy \
xây dựng kế hoạch khắc phục hạn chế trong năm 2024; \
quan tâm giải quyết đơn thư ngay từ cơ sở.

Hội nghị đã xem xét, quyết định xếp loại chất lượng các tổ chức đảng trực thuộc năm 2023.

BÙI NGÀN

Các tin khác:
Đông Sơn Hạ ra quân làm thủy lợi
"""

MINUTES = """\
ĐẢNG BỘ CÔNG TY CẤP NƯỚC HẢI MINH
CHI BỘ PHÒNG KỸ THUẬT

BIÊN BẢN
Sinh hoạt chi bộ tháng 4 năm 2023

Thời gian: 16 giờ 00, ngày 05/4/2023. Địa điểm: Phòng họp tầng 2.
Có mặt 9/10 đảng viên; vắng: đ/c Mạc Văn Thìn (ốm).
Chủ trì: Đ/c Lộc Thị Nhài - Bí thư chi bộ. Thư ký: Đ/c Vi Văn Păn.

I. Đánh giá công tác tháng 3
- Đã làm được: Hoàn thành sửa chữa 3 tuyến ống; 100% đảng viên dự học nghị quyết.
- Chưa làm được: Hồ sơ chuyển đảng chính thức nộp chậm so với quy định.
II. Kế hoạch tháng 4
1. Hoàn thành kê khai tài sản trước ngày 20/4.
2. Tổ chức sinh hoạt chuyên đề về tiết kiệm.
III. Ý kiến
- Đ/c Vi Văn Păn: đề nghị mua thêm máy đo áp lực.
Kết thúc lúc 17 giờ 15 cùng ngày.
"""

REPORT = """\
HUYỆN ỦY THANH LÂM
ĐẢNG ỦY XÃ TÂN KHÊ
Số 37-BC/ĐU

BÁO CÁO
kết quả lãnh đạo thực hiện nhiệm vụ năm 2022

A. ƯU ĐIỂM
1. Công tác chính trị tư tưởng: Tổ chức 4 đợt học tập nghị quyết, tỷ lệ tham gia đạt 97%.
2. Thực hiện nhiệm vụ chính trị: Thu ngân sách đạt 105% dự toán; tiêm phòng dịch bệnh cho 3.200 con gia súc.
B. HẠN CHẾ, KHUYẾT ĐIỂM
- Sinh hoạt ở Chi bộ Thôn Đoài bị gián đoạn 01 tháng.
- Việc giải quyết đơn thư còn chậm.
C. NGUYÊN NHÂN
Do địa bàn rộng; một số cấp ủy viên thiếu kinh nghiệm.
D. BIỆN PHÁP KHẮC PHỤC NĂM 2023
1. Khôi phục nền nếp sinh hoạt chi bộ.
2. Giải quyết dứt điểm đơn thư tồn đọng trong quý I/2023 theo Quy định số 09-QĐ/HU của Huyện ủy.
Đ. TỰ XẾP LOẠI: Hoàn thành tốt nhiệm vụ.

T/M ĐẢNG ỦY
BÍ THƯ
Hảng A Sử
"""

ALL = (BRIEFING, SELF_CRITICISM, MINUTES, REPORT)
