"""Cấp bậc, danh xưng, chức vụ, họ: how people are named in Party, State, army and enterprise papers."""

from __future__ import annotations

# Law on officers of the People's Army, law on the People's Public Security; enlisted ranks included.
RANKS = (
    "Đại tướng", "Thượng tướng", "Trung tướng", "Thiếu tướng", "Đô đốc", "Phó Đô đốc", "Chuẩn Đô đốc",
    "Chuẩn tướng", "Đại tá", "Thượng tá", "Trung tá", "Thiếu tá", "Đại úy", "Thượng úy", "Trung úy",
    "Thiếu úy", "Chuẩn úy", "Thượng sĩ", "Trung sĩ", "Hạ sĩ", "Binh nhất", "Binh nhì", "Thượng sỹ",
    "Trung sỹ", "Hạ sỹ",
    *(f"{grade} {branch}" for grade in ("Đại tá", "Thượng tá", "Trung tá", "Thiếu tá", "Đại úy", "Thượng úy",
      "Trung úy", "Thiếu úy") for branch in ("QNCN", "chuyên nghiệp")),
)  # fmt: skip

COURTESY = (
    "đồng chí", "đ/c", "đ.c", "đc", "các đồng chí", "ông", "bà", "các ông", "các bà", "anh", "chị", "cô",
    "thầy", "thầy giáo", "cô giáo", "bác sĩ", "bác sỹ", "kỹ sư", "luật sư", "nhà báo", "nhà văn",
    "nghệ sĩ", "nghệ sĩ ưu tú", "nghệ sĩ nhân dân", "tiến sĩ", "tiến sỹ", "thạc sĩ", "thạc sỹ", "giáo sư",
    "phó giáo sư", "đại biểu", "linh mục", "hòa thượng", "thượng tọa", "đại đức", "mục sư", "nguyên",
    "gs", "pgs", "ts", "ths", "bs", "bscki", "bsckii", "ks", "ls", "gs.ts", "pgs.ts", "ts.bs", "ths.bs",
)  # fmt: skip

# Heads of posts. Each may be preceded by one of POST_PREFIXES.
POST_HEADS = (
    "Bí thư", "Ủy viên", "Ủy viên dự khuyết", "Đảng ủy viên", "Chi ủy viên", "Tỉnh ủy viên",
    "Thành ủy viên", "Huyện ủy viên", "Quận ủy viên", "Thị ủy viên", "Chủ tịch", "Chủ nhiệm", "Chính ủy",
    "Chính trị viên", "Tư lệnh", "Tham mưu trưởng", "Chỉ huy trưởng", "Chỉ huy", "Thủ tướng", "Bộ trưởng",
    "Thứ trưởng", "Tổng Bí thư", "Chủ tịch nước", "Tổng giám đốc", "Giám đốc", "Tổng cục trưởng",
    "Cục trưởng", "Chi cục trưởng", "Vụ trưởng", "Viện trưởng", "Chánh án", "Chánh Văn phòng",
    "Chánh Thanh tra", "Chánh thanh tra", "Trưởng ban", "Trưởng Ban", "Trưởng phòng", "Trưởng đoàn",
    "Trưởng Công an", "Trưởng khoa", "Trưởng khối", "Trưởng bộ môn", "Trưởng thôn", "Trưởng",
    "Hiệu trưởng", "Tổ trưởng", "Đội trưởng", "Cụm trưởng", "Khối trưởng", "Tổng thư ký", "Thư ký",
    "Tổng biên tập", "Tổng Kiểm toán", "Kiểm toán trưởng", "Kế toán trưởng", "Thống đốc", "Đại sứ",
    "Kho bạc trưởng", "Lữ đoàn trưởng", "Trung đoàn trưởng", "Sư đoàn trưởng", "Tiểu đoàn trưởng",
    "Đại đội trưởng", "Hải đội trưởng", "Hải đoàn trưởng", "Đồn trưởng", "Trạm trưởng", "Thuyền trưởng",
    "Trợ lý", "Thành viên", "Đại biểu Quốc hội", "Chuyên viên", "Hội thẩm", "Kiểm sát viên", "Phó Ban",
    "Phó trưởng đoàn", "Ủy viên thường trực", "Ủy viên thường vụ", "Hội trưởng", "Chi hội trưởng",
    "Quyền Bí thư", "Tổng Thanh tra", "Phó Thủ trưởng", "Thủ trưởng", "Giáo sư", "Bí thư thứ nhất",
    "Thẩm phán", "Chủ tọa", "Cố vấn", "Phó Văn phòng", "Quản đốc",
)  # fmt: skip
POST_PREFIXES = ("Phó", "Quyền", "Nguyên", "Phó Tổng", "Q.", "Tân", "Cựu")

# Family names of the country, minorities included (single syllables; with a name of at least two syllables).
SURNAMES = frozenset((
    "An", "Âu", "Bá", "Bạch", "Bàn", "Bàng", "Bành", "Bế", "Bì", "Biện", "Bồ", "Bùi", "Ca", "Cà", "Cai",
    "Cam", "Cấn", "Cao", "Cát", "Chang", "Chảo", "Châu", "Chế", "Chiêm", "Chu", "Chung", "Chử", "Chúc",
    "Chương", "Cổ", "Công", "Cống", "Cù", "Cung", "Cư", "Cự", "Cừ", "Dã", "Danh", "Diêm", "Diệp", "Doãn",
    "Du", "Dư", "Dương", "Đái", "Đàm", "Đan", "Đào", "Đặng", "Đậu", "Đầu", "Điền", "Điểu", "Điêu", "Đinh",
    "Đoàn", "Đô", "Đỗ", "Đồng", "Đổng", "Đới", "Đường", "Giang", "Giàng", "Giáp", "Hà", "Hạ", "Hàn",
    "Hàng", "Hảng", "Hạng", "Hầu", "Hình", "Hoa", "Hoàng", "Hoàn", "Hồ", "Hồng", "Hờ", "Hùng", "Huỳnh",
    "Hứa", "Hưng", "Kha", "Khà", "Khang", "Khâu", "Khiếu", "Khổng", "Khúc", "Khương", "Khuất", "Khưu",
    "Kiên", "Kiều", "Kim", "Ksor", "La", "Lã", "Lại", "Lâm", "Lầu", "Lê", "Lều", "Liên", "Liêu", "Liễu",
    "Linh", "Lò", "Lỗ", "Lộ", "Lộc", "Long", "Lù", "Lục", "Lư", "Lữ", "Lương", "Lường", "Lưu", "Lý", "Ma",
    "Mã", "Mạc", "Mạch", "Mai", "Man", "Mạnh", "Mâu", "Mẫn", "Mè", "Mông", "Mộng", "Mùa", "Nghê",
    "Nghiêm", "Ngân", "Ngô", "Ngọ", "Ngụy", "Nguyễn", "Nhan", "Nhâm", "Nhữ", "Ninh", "Nông", "Ông",
    "Phạm", "Phan", "Phàn", "Phí", "Phó", "Phù", "Phú", "Phùng", "Phương", "Quách", "Quan", "Quản",
    "Quàng", "Quảng", "Quyền", "Rơ", "Sa", "Sái", "Sầm", "Siu", "Sơn", "Sùng", "Sử", "Tạ", "Tán", "Tăng",
    "Tần", "Tẩn", "Tấn", "Thạch", "Thái", "Thang", "Thân", "Thành", "Thào", "Thẩm", "Thi", "Thiều",
    "Thịnh", "Thiệu", "Thôi", "Thùy", "Thượng", "Tiêu", "Tiết", "Tô", "Tôn", "Tống", "Trà", "Trác",
    "Trang", "Tráng", "Trần", "Triệu", "Triều", "Trình", "Trịnh", "Trương", "Trưng", "Từ", "Tư", "Tưởng",
    "Ty", "Uông", "Ung", "Ứng", "Văn", "Vàng", "Vi", "Viên", "Võ", "Vòng", "Vũ", "Vừ", "Vương", "Vưu",
    "Xa", "Xin", "Xồng", "Yên", "Y", "A", "H", "Hoắc", "Lãnh", "Lèng", "Lềnh", "Lợi", "Mỵ", "Nhạc", "Niê",
    "Pờ", "Quế", "Sìn", "Thàng", "Tòng", "Trẻo", "Tường", "Cầm", "Lô", "Vy", "Đèo", "Lự", "Lưỡng", "Lùng",
    "Phượng", "Rah", "Rcom", "Nay", "Hiao", "Kpă",
))  # fmt: skip

# Names of provinces and cities (before and after the mergers of 2025): a name never begins with them.
PLACES = (
    "An Giang", "Bà Rịa", "Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Cạn", "Bắc Ninh",
    "Bến Tre", "Bình Dương", "Bình Định", "Bình Phước", "Bình Thuận", "Cà Mau", "Cao Bằng", "Cần Thơ",
    "Đà Nẵng", "Đắk Lắk", "Đắk Nông", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Giang",
    "Hà Nam", "Hà Nội", "Hà Tĩnh", "Hải Dương", "Hải Phòng", "Hậu Giang", "Hòa Bình", "Hoà Bình",
    "Hồ Chí Minh", "Hưng Yên", "Khánh Hòa", "Kiên Giang", "Kon Tum", "Lai Châu", "Lạng Sơn", "Lào Cai",
    "Lâm Đồng", "Long An", "Nam Định", "Nghệ An", "Ninh Bình", "Ninh Thuận", "Phú Thọ", "Phú Yên",
    "Quảng Bình", "Quảng Nam", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sóc Trăng", "Sơn La", "Tây Ninh",
    "Thái Bình", "Thái Nguyên", "Thanh Hóa", "Thanh Hoá", "Thừa Thiên Huế", "Thừa Thiên", "Huế",
    "Tiền Giang", "Trà Vinh", "Tuyên Quang", "Vĩnh Long", "Vĩnh Phúc", "Yên Bái", "Sài Gòn", "Việt Nam",
    "Trung ương",
)  # fmt: skip
