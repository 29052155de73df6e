"""Hội nghị: words that tell the purpose, the forum, the form and the place of a meeting."""

from __future__ import annotations

from soi.intake.extract.model import ConferenceKind as Kind

# (kind, expression over the key); the first that stands earliest in the opening wins, purposes before forums.
PURPOSES: tuple[tuple[Kind, str], ...] = (
    (Kind.SELF_CRITICISM, (
        r"kiểm điểm(?:,? (?:đối với|công tác|việc|cuối năm|năm \d{4}|tự phê bình|tập "
        r"thể|cá nhân|ban thường vụ|ban chấp hành|theo|sâu|trách nhiệm|đảng viên|đánh "
        r"giá|xếp loại|hằng năm|thường niên|chất lượng|và|,))+|tự phê bình và phê bình|"
        r"kiểm điểm, (?:đánh giá|tự phê bình|xếp loại)|kiểm điểm ban|họp kiểm điểm|hội "
        r"nghị kiểm điểm"
    )),
    (Kind.REVIEW_RESOLUTION, (
        r"(?:sơ kết|tổng kết|đánh giá)(?: (?!và )[\w/,]+){0,8}? (?:\d+ năm|giữa nhiệm "
        r"kỳ|nửa nhiệm kỳ|nhiệm kỳ|việc thực hiện|thực hiện (?:nghị quyết|chỉ thị|kết "
        r"luận|quy định|đề án|chương trình|quyết định|cuộc vận động|luật|pháp lệnh|kế "
        r"hoạch số))|(?:sơ kết|tổng kết) (?:nghị quyết|chỉ thị|kết luận|đề án|quy chế "
        r"phối hợp|cuộc vận động|mô hình)"
    )),
    (Kind.HALF_YEAR, (
        r"(?:sơ kết|giao ban|đánh giá|kiểm điểm|tổng kết)[^.;\n]{0,160}?(?:6|06|sáu) "
        r"tháng(?: đầu năm)?|hội nghị (?:6|06|sáu) tháng"
    )),
    (Kind.BRIEFING_QUARTER, (
        r"(?:giao ban|sơ kết|đánh giá|kiểm điểm|họp|triển khai)[^.;\n]{0,140}?quý "
        r"(?:i{1,3}|iv|[1-4]|một|hai|ba|tư)|giao ban quý"
    )),
    (Kind.BRIEFING_OTHER, (
        r"(?:giao ban|sơ kết|đánh giá|kiểm điểm|tổng kết)[^.;\n]{0,140}?(?:(?:9|09|chín|"
        r"3|03|10|11|8|08) tháng|tuần)|giao ban (?:tuần|nửa tháng|2 tuần)"
    )),
    (Kind.BRIEFING_MONTH, (
        r"(?:giao ban|sơ kết|đánh giá)[^.;\n]{0,140}?tháng (?:\d{1,2}|giêng|một|hai|ba|"
        r"tư|năm|sáu|bảy|tám|chín|mười)|giao ban (?:hằng |hàng )?tháng|họp báo cáo "
        r"tháng"
    )),
    (Kind.ANNUAL, (
        r"tổng kết(?! \d+ năm)[^.;\n]{0,140}?năm(?: học)? \d{4}|tổng kết năm|tổng kết "
        r"công tác|triển khai(?: phương hướng,?)?(?: nhiệm vụ)?(?: công tác)? năm \d{4}|"
        r"đánh giá (?:kết quả )?[^.;\n]{0,80}năm \d{4}[^.;\n]{0,30}(?:phương hướng|"
        r"triển khai)"
    )),
    (Kind.EMPLOYEE_CONFERENCE, (
        r"hội nghị (?:đại biểu )?(?:người lao động|cán bộ,? (?:công chức|viên chức|công "
        r"nhân)|công nhân viên chức|viên chức|cbcc|công chức|đại biểu người lao động|"
        r"nlđ|dân chủ)"
    )),
    (Kind.LESSONS, r"(?:hội nghị |họp |tổ chức )(?:\w+ ){0,4}rút kinh nghiệm|rút kinh nghiệm"),
    (Kind.HANDOVER, r"bàn giao|công bố (?:các )?quyết định|trao quyết định"),
    (Kind.CONGRESS, (
        r"(?:tổ chức|khai mạc|tiến hành|phiên)(?: thành công| trọng thể)? đại hội|đại "
        r"hội (?:đảng bộ|chi bộ|đại biểu)[^.;\n]{0,80}(?:khai mạc|được tổ chức|diễn ra|"
        r"thành công)"
    )),
    (Kind.CELL_MEETING, (
        r"sinh hoạt (?:chi bộ|thường kỳ|định kỳ|chuyên đề)|họp chi bộ|biên bản (?:họp|"
        r"sinh hoạt) chi bộ|chi bộ [^.;\n]{0,60}(?:sinh hoạt|họp)|hội nghị chi bộ|họp "
        r"chi ủy"
    )),
)  # fmt: skip
# A subject that is carried out or studied: a purpose only where no review is named.
SUBJECTS: tuple[tuple[Kind, str], ...] = (
    (Kind.THEMATIC, (
        r"(?:hội nghị |tổ chức )(?:\w+ ){0,6}(?:quán triệt|triển khai|học tập|chuyên đề|"
        r"phổ biến|tập huấn|tuyên truyền|nghiên cứu)|hội nghị (?:chuyên đề|quán triệt|"
        r"triển khai|học tập)|tọa đàm|hội thảo|đối thoại|tập huấn"
    )),
)  # fmt: skip
FORUMS: tuple[tuple[Kind, str], ...] = (
    (Kind.COMMITTEE_PLENUM, (
        r"(?:hội nghị|kỳ họp|phiên họp|họp)(?: lần thứ)?(?: \w+){0,4}? (?:ban chấp hành|"
        r"bch|ban thường vụ|btv|thường vụ|đảng ủy|thành ủy|tỉnh ủy|huyện ủy|quận ủy|"
        r"quân ủy|đảng bộ|thường trực|ủy ban kiểm tra|trung ương)|hội nghị (?:thường kỳ "
        r")?lần thứ|(?:ban chấp hành|bch|ban thường vụ|tỉnh ủy|thành ủy|huyện ủy|đảng "
        r"ủy|thường vụ)[^.;\n]{0,60}(?:họp|hội nghị) (?:lần|phiên|thường kỳ|kỳ)|ra nghị "
        r"quyết lãnh đạo|hội nghị ra nghị quyết"
    )),
    (Kind.WORKING_SESSION, r"(?:buổi )?làm việc (?:với|tại)|đoàn công tác"),
)  # fmt: skip

MEETING_WORDS = (
    "hội nghị", "cuộc họp", "buổi họp", "phiên họp", "kỳ họp", "giao ban", "đại hội", "buổi làm việc",
    "sinh hoạt chi bộ", "sinh hoạt chuyên đề", "họp", "tọa đàm", "hội thảo", "buổi lễ", "lễ",
    "kiểm điểm", "sơ kết", "tổng kết", "diễn đàn", "lớp tập huấn", "phiên thường kỳ", "buổi kiểm điểm",
    "buổi sinh hoạt",
)  # fmt: skip

HALLS = (
    "hội trường", "phòng họp", "nhà văn hóa", "trung tâm hội nghị", "trụ sở", "nhà khách", "hội quán",
    "trung tâm văn hóa", "phòng giao ban",
    "nhà hát", "cung văn hóa", "khách sạn", "tòa nhà", "văn phòng", "nhà hội nghị", "phòng",
    "nhà làm việc", "trung tâm",
)  # fmt: skip
