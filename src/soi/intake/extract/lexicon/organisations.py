"""Tổ chức: first words of the names of bodies, in the Party, the State, the forces, unions and enterprises."""

from __future__ import annotations

# A capitalised phrase that begins with one of these is a body.
ORG_HEADS = (
    "Ban Chấp hành", "BCH", "Ban Thường vụ", "BTV", "Thường vụ", "Thường trực", "Ban Bí thư",
    "Bộ Chính trị", "Ban cán sự", "Ban Chỉ đạo", "Ban Giám đốc", "Ban Giám hiệu", "Ban Tổ chức",
    "Ban Tuyên giáo", "Ban Dân vận", "Ban Nội chính", "Ban Kinh tế", "Ban", "Ban Quản lý", "Đảng ủy",
    "Đảng bộ", "Chi ủy", "Chi bộ", "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Quân ủy",
    "Đảng đoàn", "Trung ương", "Đảng", "Ủy ban", "UBND", "UBKT", "UBMTTQ", "HĐND", "Hội đồng", "Mặt trận",
    "Quốc hội", "Chính phủ", "Nhà nước", "Bộ Tư lệnh", "Bộ Chỉ huy", "Bộ CHQS", "Bộ CHBP", "Bộ",
    "Bộ Tổng Tham mưu", "Tổng cục", "Cục", "Chi cục", "Vụ", "Viện", "Sở", "Phòng", "Ty", "Quân khu",
    "Quân đoàn", "Quân chủng", "Binh chủng", "Binh đoàn", "Sư đoàn", "Lữ đoàn", "Trung đoàn", "Tiểu đoàn",
    "Đại đội", "Hải đội", "Hải đoàn", "Vùng", "Đoàn", "Đồn Biên phòng", "Đồn", "Trạm", "Hải quân",
    "Không quân", "Biên phòng", "Bộ đội", "Cảnh sát biển", "Công an", "Viện Kiểm sát", "VKSND", "Tòa án",
    "TAND", "Thanh tra", "Kiểm toán", "Kho bạc", "Hải quan", "Thuế", "Bảo hiểm", "Ngân hàng", "Hội",
    "Công đoàn", "Liên đoàn", "LĐLĐ", "Đoàn Thanh niên", "Đoàn TNCS", "Liên hiệp", "Liên minh",
    "Hiệp hội", "Cụm", "Khối", "Tỉnh đoàn", "Thành đoàn", "Huyện đoàn", "Tập đoàn", "Tổng công ty",
    "Công ty", "Bưu điện", "Bệnh viện", "Trung tâm", "Trường", "Học viện", "Đại học", "Cao đẳng",
    "Nhà máy", "Xí nghiệp", "Nhà hát", "Bảo tàng", "Thư viện", "Báo", "Đài", "Tạp chí", "Văn phòng", "Tổ",
    "Đội", "Hạt", "Khoa", "Trạm Y tế", "Nông trường", "Lâm trường", "tỉnh", "thành phố", "TP", "TP.",
    "thị xã", "thị trấn", "huyện", "quận", "xã", "phường", "đặc khu", "Xã", "Phường", "Thành phố", "Tỉnh",
    "Huyện", "các cơ quan", "Cơ quan", "Đảng ủy Khối", "Nhà trường", "Ngành", "ngành", "Hợp tác xã",
    "HTX",
)  # fmt: skip

# Bodies that may head a meeting: used to find who holds it.
MEETING_BODIES = tuple(
    head for head in ORG_HEADS if head[0].isupper() and head not in {"TP", "TP.", "Nhà nước"}
)
