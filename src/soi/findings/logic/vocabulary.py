"""Từ vựng để so hai nội dung và nhận ra biện pháp chung chung. Data only; words are folded (no marks, y written i)."""

from __future__ import annotations

# Words that say nothing about what went wrong.
STOP_WORDS = frozenset(
    """
    ai anh ba bang bi boi cac cach cai can cang cho co con cua cung da dang de den do doi duoc gi gom ha hay hon
    khi la lai lam len ma mot nam nao nay nen nhat nhieu nhung nhu o phai qua ra rang rat roi sau se tai tat the
    theo thi thuoc trong tren truoc tung va vai van vao ve vi viec voi vua i hai bon so it moi nua tiep tuc
    thang ngay hien tuy nhien song mac du ben canh ngoai thoi gian nhin chung luc noi khau dia phuong
    """.split()
)

# Office filler: it stands in nearly every statement, so it weighs little.
FILLER = frozenset(
    """
    cong tac don vi co quan bo phan dong chi cap uy ui to chuc dang bo thuc hien trien khai nhiem vu tinh
    hinh ket noi dung van de to hieu qua chat luong muc yeu cau han che khuyet diem ton tai bat cap cap xac dinh
    nhan thuc lanh dao chi dao kip thoi thuong xuyen chat che nghiem tuc day du cu the ro rang dong deu tot cao chap hanh bao dam
    """.split()
)

# Several ways of saying the same lack; the left side is replaced by the right before comparing.
SAME_LACK = {
    "khong": "chua",
    "thieu": "chua",
    "kem": "chua",
    "yeu": "chua",
    "thap": "chua",
    "cham": "chua",
    "lung": "chua",
}
LACK_WEIGHT = 0.4

# Pairs of syllables written in more than one way, or cut short.
ABBREVIATIONS = {
    "ctd": "cong tac dang",
    "ctct": "cong tac chinh tri",
    "dv": "dang vien",
    "cb": "can bo",
    "shcb": "sinh hoat chi bo",
    "tpb": "tu phe binh",
    "nq": "nghi quiet",
    "qd": "qui dinh",
    "kl": "ki luat",
    "cchc": "cai cach hanh chinh",
    "atgt": "an toan giao thong",
    "ubkt": "uy ban kiem tra",
    "qncn": "quan nhan chuien nghiep",
}

# Exhortations: a remedy made of these alone cannot be checked by anybody.
EXHORTATIONS = (
    "tăng cường",
    "đẩy mạnh",
    "quan tâm",
    "chú trọng",
    "coi trọng",
    "nâng cao",
    "phát huy",
    "làm tốt",
    "thực hiện tốt",
    "thực hiện nghiêm",
    "thực hiện nghiêm túc",
    "quán triệt sâu sắc",
    "rút kinh nghiệm",
    "bám sát",
    "nỗ lực",
    "cố gắng",
    "phấn đấu",
    "đề cao",
    "siết chặt",
    "giữ vững",
)

# Manner: may stand before an exhortation ("tiếp tục đẩy mạnh") or before honest work ("chủ động sửa mái nhà").
MANNERS = (
    "tiếp tục",
    "chủ động",
    "quyết liệt",
    "thường xuyên",
    "kịp thời",
    "tích cực",
    "nghiêm túc",
    "hơn nữa",
    "và",
    "công tác",
    "việc",
)

# What somebody can hold in the hand or count, with or without a number.
PRODUCTS = (
    "kế hoạch",
    "chương trình hành động",
    "quy chế",
    "quy định",
    "quy trình",
    "hướng dẫn",
    "nghị quyết",
    "quyết định",
    "văn bản",
    "công văn",
    "thông báo",
    "kết luận",
    "báo cáo",
    "biên bản",
    "danh sách",
    "danh mục",
    "bảng",
    "sổ",
    "hồ sơ",
    "giấy",
    "phiếu",
    "lịch",
    "phân công",
    "lớp",
    "buổi",
    "cuộc",
    "đợt",
    "hội nghị",
    "tập huấn",
    "mô hình",
    "phần mềm",
    "công trình",
    "đề án",
    "phương án",
    "tài liệu",
    "giáo án",
    "bài",
    "thi",
    "chứng chỉ",
    "hợp đồng",
    "biển",
    "camera",
    "toàn bộ",
    "tất cả",
    "hằng ngày",
    "hằng tuần",
    "hằng tháng",
    "hằng quý",
    "hàng ngày",
    "hàng tuần",
    "hàng tháng",
    "hàng quý",
    "mỗi tuần",
    "mỗi tháng",
    "mỗi quý",
)

# A result worded so that anybody may claim it.
HOLLOW_RESULTS = (
    "chuyển biến",
    "nâng cao",
    "nâng lên",
    "tốt hơn",
    "hiệu quả",
    "khắc phục được",
    "được khắc phục",
    "có tiến bộ",
    "đạt yêu cầu",
    "đạt kết quả tốt",
    "kết quả tốt",
    "hoàn thành nhiệm vụ",
    "thực hiện nghiêm",
    "nghiêm túc",
)
