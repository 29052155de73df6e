"""Bài báo giả định: invented texts in the manner of the genre. No person, body or event in them is real."""

from __future__ import annotations

APRIL = """Ngày đăng: 07/04/2021

Sáng 7/4, Bộ Tư lệnh Quân khu tổ chức Hội nghị trực tuyến giao ban công tác đảng, công tác chính trị quý 1 năm 2021. \
Trung tướng Lý Quang Thử, Bí thư Đảng ủy, Chính ủy Quân khu chủ trì hội nghị. Dự hội nghị có Đại tá \
Ngô Văn Kiểm, Chủ nhiệm Ủy ban Kiểm tra.

Hội nghị đánh giá, quý 1 năm nay, các cơ quan, đơn vị đã triển khai thực hiện nghiêm túc kế hoạch được giao. \
Bên cạnh những kết quả đạt được, trong quý 1 cũng tồn tại những hạn chế, khuyết điểm như việc phân công nhiệm vụ \
ở Sư đoàn 901 thiếu cụ thể, chưa gắn trách nhiệm; công tác kiểm tra ở một số đơn vị chưa thường xuyên.

Kết luận hội nghị, Trung tướng Lý Quang Thử nhấn mạnh: Trong thời gian tới, các cơ quan, đơn vị cần tiếp tục \
thực hiện nghiêm quy chế làm việc; tăng cường kiểm tra, giám sát theo Chỉ thị số 12-CT/ĐU.

Tin, ảnh: HẢI MẪU
"""

NOVEMBER = """Ngày 22-11-2021, Thường vụ Đảng ủy Quân khu tổ chức hội nghị kiểm điểm tự phê bình và phê bình năm 2021. \
Dự và chỉ đạo hội nghị có Trung tướng Lý Quang Thử, Phó Chủ nhiệm Tổng cục Thử Nghiệm.

Trung tướng Hoàng Đức Mẫu, Bí thư Đảng ủy, Chính ủy Quân khu chủ trì hội nghị.

Hội nghị đã đánh giá làm rõ ưu điểm: Đảng ủy Quân khu đã lãnh đạo hoàn thành tốt nhiệm vụ huấn luyện năm 2021. \
Bên cạnh đó, còn một số hạn chế như: việc nắm, giải quyết tình hình tư tưởng ở một số đơn vị chưa kịp thời; \
còn quân nhân vi phạm kỷ luật.

Phát biểu chỉ đạo hội nghị, Trung tướng Lý Quang Thử yêu cầu Ban Thường vụ tập trung lãnh đạo khắc phục khâu yếu, \
mặt yếu trong năm 2022.

HẢI MẪU
"""
