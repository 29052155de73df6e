"""Dấu hiệu câu: cues of limitation, strength, cause and direction, and the verbs that report speech."""

from __future__ import annotations

# --- limitation -------------------------------------------------------------------------------------------
LIMITATION_NOUNS = (
    "hạn chế", "khuyết điểm", "tồn tại", "yếu kém", "thiếu sót", "bất cập", "tồn tại hạn chế", "mặt yếu",
    "khó khăn", "vướng mắc",
)  # fmt: skip

# Words that make a clause a limitation by themselves.
LIMITATION_STRONG = (
    (
        "chưa (?:được )?(?:nghiêm|cao|tốt|kịp thời|đầy đủ|thường xuyên|chặt chẽ|quyết liệt|"
        "hiệu quả|đạt|đồng bộ|sâu|rõ|vững chắc|sát|đúng|đều|nhiều|kiên quyết|thực sự|thật sự|"
        "bảo đảm|đảm bảo|đáp ứng|phát huy|hoàn thành|hoàn thiện|triệt để|dứt điểm|chủ động|"
        "mạnh|rộng|cụ thể|toàn diện|tương xứng|bền vững|phù hợp|linh hoạt|sáng tạo|nghiêm "
        "túc|quan tâm|coi trọng|chú trọng|gắn|duy trì|thống nhất|tập trung|làm tốt|thể hiện|"
        "tạo|có|thu hút|khắc phục|xử lý|giải quyết|thực hiện|triển khai|xây dựng|ổn định|hợp "
        "lý|quán triệt|cân đối|khai thác|tích cực|ngang tầm|tự giác|gương mẫu|mạnh dạn|trở "
        "thành|nắm|theo kịp|phản ánh|kịp|chuyển biến|xác định|bố trí|tham mưu|bám sát|như "
        "mong muốn|phân công|nền nếp|đi vào|bao quát|lường|tham gia|vững|sôi nổi|thường|"
        "tương)"
    ),
    r"(?:chưa|không) (?:đạt|hoàn thành)(?: \w+){0,3} (?:chỉ tiêu|kế hoạch|mục tiêu|yêu cầu|tiến độ)",
    (
        "còn (?:chậm|lúng túng|bị động|hạn chế|thấp|yếu|thiếu|để xảy ra|xảy ra|tình trạng|nợ|"
        "nợ đọng|nhiều khó khăn|bất cập|nể nang|hình thức|chung chung|dàn trải|chồng chéo|sơ "
        "hở|buông lỏng|né tránh|đùn đẩy|chủ quan|cao|ít|kéo dài|tiềm ẩn|diễn biến phức tạp|"
        "tồn tại|vi phạm|chưa|biểu hiện|hiện tượng|gặp|vướng|nặng|lỏng lẻo|mờ nhạt|rời rạc|"
        "sai sót|thụ động|trông chờ|ỷ lại|nhỏ lẻ|manh mún|tồn đọng|khó khăn|kém|trì trệ|đơn "
        "điệu|phổ biến)"
    ),
    (
        r"còn (?:\d+|một số|một vài|nhiều|không ít|có|một bộ phận|có nơi)(?: [\w/]+){1,6} "
        "(?:vi phạm|chậm|chưa|thiếu|yếu|thấp|bị|không|hạn chế|kém)"
    ),
    r"còn (?:\w+ ){1,3}(?:vi phạm|chưa|không đúng)",
    (
        "thiếu (?:cụ thể|quyết liệt|chặt chẽ|đồng bộ|kiên quyết|trách nhiệm|gương mẫu|chủ "
        "động|kiểm tra|sâu sát|thường xuyên|thống nhất|kinh nghiệm|sáng tạo|tu dưỡng|nghiêm "
        "túc|bền vững|kịp thời|tập trung|minh bạch|hụt|ổn định|sâu|nhạy bén|tính)"
    ),
    (
        "(?:chất lượng|hiệu quả|tỷ lệ|tỉ lệ|kết quả|năng suất|ý thức|trách nhiệm)(?: "
        r"[\w,/]+){0,8}? (?:còn )?(?:chưa cao|thấp|yếu|kém)"
    ),
    "buông lỏng",
    "lúng túng",
    "bị động",
    "bất cập",
    "trì trệ",
    "yếu kém",
    "mờ nhạt",
    "đùn đẩy",
    "né tránh",
    "nể nang",
    "lơ là",
    "gây (?:bức xúc|dư luận|thất thoát|lãng phí|ảnh hưởng|hậu quả|khó khăn)",
    "(?:để|còn|vẫn) xảy ra",
    "vẫn còn",
    "sai (?:quy định|phép|nguyên tắc|thẩm quyền|phạm)",
    (
        "không (?:nghiêm|nghiêm túc|đúng (?:quy định|thẩm quyền|pháp luật|nguyên tắc|quy chế|"
        "quy trình|tiến độ|thời gian)|phép|bảo đảm|đảm bảo|đạt|kịp thời|hiệu quả|thường "
        "xuyên|chấp hành|thực hiện|hoàn thành|đầy đủ|rõ)"
    ),
    (
        "(?:đã |cũng |bị )?vi phạm (?:nguyên tắc|quy định|quy chế|pháp luật|kỷ luật|luật|"
        "nghiêm trọng|quyền|khuyết điểm|những điều)"
    ),
    (
        "(?:chậm|trễ) (?:tiến độ|so với|trong|được|triển khai|giải ngân|đổi mới|khắc phục|"
        "ban hành|chuyển biến)"
    ),
    "bị gián đoạn",
    "giảm sút",
    "sụt giảm",
    (
        "có (?:mặt|lúc|nơi|thời điểm|việc|khâu|vụ việc)(?:,? (?:có )?(?:mặt|lúc|nơi|thời "
        "điểm|việc|khâu)){0,2} (?:còn )?(?:hạn chế|chưa|chậm|bị động|thiếu|yếu|buông lỏng)"
    ),
    "suy thoái",
    "tiêu cực",
    "lãng phí",
    "(?:ảnh hưởng|tác động) (?:xấu|tiêu cực|không tốt)",
    "(?:bị|chịu) ảnh hưởng",
    r"ô nhiễm môi trường(?: [\w,]+){0,6} (?:còn|chưa|nghiêm trọng)",
    "nổi cộm",
    (
        r"có (?:biểu hiện|dấu hiệu|chiều hướng)(?: \w+){0,2} (?:giảm|vi phạm|suy thoái|gia "
        "tăng|phức tạp|chủ quan|ngại)"
    ),
    "diễn biến phức tạp",
    "quá hạn",
    "tồn đọng",
    r"giảm \d+ bậc",
    "có nhiều hạn chế",
    "hạn chế, bất cập",
    "hình thức, chiếu lệ",
    "chiếu lệ",
    "qua loa",
    "đơn điệu",
    "dàn trải",
    "chồng chéo",
    "chậm$",
    "thấp$",
    "yếu$",
    "còn ít",
)

# A sentence that opens like this turns from the good to the wanting.
TURNS = (
    "tuy nhiên",
    "tuy vậy",
    "mặc dù vậy",
    "dù vậy",
    "song",
    "thế nhưng",
    "tuy thế",
    "mặc dù",
    "bên cạnh (?:những |các )?(?:kết quả|ưu điểm|thành tích|mặt|thành tựu|thuận lợi|cố gắng)[^,:;.]{0,60}",
    "bên cạnh đó",
    "ngoài ra",
    "song bên cạnh đó",
    "đáng chú ý",
)

# --- strength ---------------------------------------------------------------------------------------------
STRENGTH_STRONG = (
    (
        r"hoàn thành (?:tốt|xuất sắc|vượt|toàn diện|thắng lợi|đạt|cơ bản|\d[\d/.,]*|các|nhiệm "
        "vụ|mục tiêu|kế hoạch|chỉ tiêu)"
    ),
    (
        "(?:thực hiện|triển khai|tổ chức|làm|chấp hành|phát huy|quản lý|duy trì|phối hợp|"
        r"tham mưu|quán triệt|chăm lo|bảo đảm|đảm bảo|giải quyết|áp dụng)(?: [\w,]+){0,4}? "
        "(?:tốt|nghiêm|nghiêm túc|hiệu quả|thành công|quyết liệt|đầy đủ|kịp thời|chặt chẽ|"
        "nền nếp|đồng bộ|thường xuyên|có hiệu quả|sâu rộng|đúng quy định|xuất sắc|toàn diện|"
        "bài bản|an toàn)"
    ),
    r"đạt (?:hơn |trên |gần |khoảng |tỷ lệ |tỉ lệ |mức |được )?\d[\d.,]*",
    (
        "đạt (?:và vượt|kết quả|hiệu quả|nhiều|thứ hạng|được (?:một số|nhiều|những)|khá|tốt|"
        "cao|thành tích|giải|yêu cầu|chỉ tiêu|kế hoạch|loại|chuẩn|danh hiệu)"
    ),
    r"tăng (?:hơn |trên |gần |khoảng |ấn tượng |thêm |trưởng )?\d[\d.,]*",
    r"vượt (?:\d|mức|kế hoạch|chỉ tiêu|dự toán)",
    "cao nhất",
    "(?:vươn lên|dẫn đầu|xếp thứ)",
    (
        r"(?:được|luôn|luôn được|không ngừng) (?:\w+ ){0,3}?(?:giữ vững|nhân rộng|lan tỏa|"
        "phát triển|nâng lên|nâng cao|đẩy "
        "mạnh|duy trì|tăng cường|củng cố|quan tâm|chú trọng|triển khai|thực hiện|bảo đảm|đảm "
        "bảo|cải thiện|phát huy|mở rộng|kiện toàn|đổi mới|chỉ đạo|coi trọng|hoàn thành)"
    ),
    (
        r"(?:chuyển biến|cải tiến|cải thiện|đổi mới|tiến bộ|khởi sắc)(?: \w+){0,3} (?:rõ rệt|"
        "tích cực|tốt|rõ nét|mạnh mẽ|tiến bộ)"
    ),
    (
        "có (?:nhiều|những|bước) (?:chuyển biến|đổi mới|tiến bộ|cải tiến|sáng tạo|phát triển|"
        "khởi sắc|đóng góp|mô hình)"
    ),
    "(?:cơ bản )?ổn định",
    "ngày càng (?:vững chắc|hiệu quả|nâng|phát triển|hoàn thiện|đi vào)",
    "kịp thời",
    "thành công",
    "(?:đúng|bảo đảm) (?:quy trình|quy định|tiến độ|kế hoạch|nguyên tắc|chất lượng)",
    "vững mạnh",
    "vững chắc",
    "giữ vững",
    "đi vào (?:nền nếp|chiều sâu|chất lượng)",
    "quyết tâm cao",
    "điển hình",
    "tích cực",
    "hiệu quả thiết thực",
    "an toàn",
    "100 ?%",
    r"không (?:có|để)(?: \w+){0,4} (?:vi phạm|xảy ra|tai nạn|sai phạm)",
    r"chủ động(?:,| \w+){0,3}",
    (
        "đã (?:lãnh đạo|chỉ đạo|triển khai|tổ chức|quán triệt|thực hiện|tham gia|phát hiện|"
        "giải quyết|tiếp nhận|ban hành|xây dựng|kiện toàn|kết nạp|hỗ trợ|vận động|đầu tư|huy "
        "động|hoàn thành|chú trọng|tập trung|phối hợp|bố trí|rà soát|khởi công|trao tặng|đạt|"
        "có những|có nhiều|kịp thời|làm tốt|chủ động|bám sát|cử|góp|duy trì|đẩy mạnh|tuyên "
        "truyền|thảo luận nghiêm túc)"
    ),
    (
        "(?:trợ giúp|hỗ trợ|tư vấn|kiểm tra|kết nạp|bồi dưỡng|tập huấn|xử lý|phát hiện|tiếp "
        "nhận|khám|điều trị|tiêm|thu dung|giải quyết|tổ chức|xây dựng|kiện toàn|cử|tuyển|"
        r"huấn luyện|tuyên truyền|cấp phát|vận động|giảm)(?: \w+){0,4}? (?:hơn |trên |gần "
        r")?\d[\d.,]*"
    ),
    r"đã(?: \w+){1,6} (?:được )?(?:hơn |trên |gần )?\d[\d.,]*",
    r"(?:đấu tranh|hoạt động|vận hành|khai thác|sử dụng)(?: \w+){0,3} hiệu quả",
    "đáng ghi nhận",
    "nổi bật",
    "góp phần",
    "thực hiện (?:có )?hiệu quả",
    "đi đầu",
    "tiên phong",
    "đoàn kết",
    "thuận lợi",
    "nỗ lực",
)

# --- causes -----------------------------------------------------------------------------------------------
CAUSE_LEADS = (
    (
        r"(?:(?:những|các) )?(?:\w+ ){0,3}?nguyên nhân(?: (?!và|để|đề|giải|biện)[\w]+,?){0,14}? "
        "(?:là do|là|do|bởi|xuất phát từ)"
    ),
)
# "Những hạn chế trên có nguyên nhân khách quan nhưng chủ yếu là do …": the words belong to the cause.
CAUSE_OWN_WORDS = ("có nguyên nhân (?:chủ quan|khách quan|từ)",)

# --- directions -------------------------------------------------------------------------------------------
IMPERATIVES = (
    "tiếp tục", "tăng cường", "đẩy mạnh", "nâng cao", "chú trọng", "khẩn trương", "chủ động", "tập trung",
    "quan tâm", "thực hiện", "phát huy", "làm tốt", "duy trì", "xây dựng", "rà soát", "khắc phục",
    "hoàn thành", "hoàn thiện", "phấn đấu", "bảo đảm", "đảm bảo", "kiên quyết", "quyết liệt", "đổi mới",
    "chuẩn bị", "quán triệt", "nghiêm túc", "lãnh đạo", "chỉ đạo", "tham mưu", "phối hợp", "gắn",
    "giữ vững", "củng cố", "kịp thời", "kiện toàn", "triển khai", "tổ chức", "đề cao", "siết chặt",
    "chấn chỉnh", "ưu tiên", "khôi phục", "giao", "ban hành", "cụ thể hóa", "sửa đổi", "bổ sung",
    "đôn đốc", "kiểm tra", "giám sát", "tuyên truyền", "vận động", "bám sát", "xác định", "thường xuyên",
    "mở rộng", "thúc đẩy", "huy động", "tạo", "sớm", "làm chuyển biến", "xử lý", "giải quyết",
    "ngăn chặn", "phòng ngừa", "phòng, chống", "đấu tranh", "thu hút", "khai thác", "đầu tư",
    "phát triển", "sắp xếp", "bố trí", "đào tạo", "bồi dưỡng", "phát động", "hướng dẫn", "theo dõi",
    "nắm chắc", "nắm", "cải thiện", "cải cách", "đẩy nhanh", "chấm dứt", "mở", "đa dạng hóa", "quản lý",
    "sử dụng", "lựa chọn", "hạn chế", "kiểm soát", "chống", "phòng chống", "nêu cao", "tranh thủ",
    "xem xét", "tập huấn", "nghiêm cấm", "tuyệt đối", "cương quyết", "tiếp thu", "chăm sóc", "làm rõ",
    "kêu gọi", "biểu dương", "bảo vệ", "phê phán", "sâu sát", "gương mẫu", "rút kinh nghiệm", "thay thế",
    "theo", "kết nạp", "ôn tập", "họp", "phân công", "chăm lo", "lồng ghép", "ứng dụng", "nhân rộng",
    "cần", "phải", "đưa", "thống nhất", "tích cực", "nghiên cứu", "nâng", "tạo điều kiện", "tháo gỡ",
    "đánh giá", "quy hoạch", "thành lập", "báo cáo", "đề xuất", "hạn chế tối đa", "không để", "tránh",
    "lấy", "coi trọng", "trước mắt", "phân bổ", "giải ngân", "hỗ trợ", "điều chỉnh", "lập", "cập nhật",
    "học tập", "mỗi", "từng", "yêu cầu",
)  # fmt: skip

# Verbs after which comes what the speaker wants.
DEMAND_VERBS = (
    (
        "(?<!đạt )(?<!đáp ứng )(?<!theo )(?<!các )(?<!những )(?<!đúng )(?<!với )(?<!bảo đảm "
        ")(?<!một số )yêu cầu(?! (?:nhiệm vụ|đề ra|mới|của|thực tiễn|công tác|công việc|đặt "
        "ra|chuyển đổi))"
    ),
    "(?<!các )(?<!những )đề nghị(?! (?:của|khen|xét|tặng|công nhận))",
    "lưu ý",
    "mong muốn",
    "mong rằng",
    "giao nhiệm vụ(?: cho)?",
    (
        "giao(?= (?:cho|các|ban (?:tổ chức|tuyên giáo|dân vận|chấp hành|thường vụ|chỉ huy|"
        "giám đốc|quản lý|giám hiệu|chi ủy)|sở|phòng|văn phòng|đ/c|đồng chí|ủy ban|đảng ủy|"
        "chi bộ|công an|ngành|đơn vị))(?: cho)?"
    ),
    r"(?<!vụ )(?<!tiêu )được giao(?= \w+ )",
    "kêu gọi",
    "ký (?:kết )?(?:cam kết|giao ước)",
    (
        r"đề ra (?:\d+ |một số |những |các |nhiều )?(?:phương hướng|nhiệm vụ|giải pháp|biện "
        "pháp|mục tiêu|chỉ tiêu)[^:;.]{0,120}"
    ),
    (
        r"xác định (?:\d+ |một số |những |các |rõ )?(?:phương hướng|nhiệm vụ|giải pháp|biện "
        "pháp|mục tiêu)[^:;.]{0,160}"
    ),
    "xác định(?= (?:tiếp tục|tập trung|lãnh đạo|đẩy mạnh|nâng cao|tăng cường|thực hiện|xây dựng|cần|phải) )",
    "chỉ đạo (?:các|cấp|toàn)[^:;.]{0,60}?(?=(?: tiếp tục| tập trung| cần| phải))",
    "quyết nghị",
    "kiến nghị",
)

# Verbs after which the words themselves decide.
SPEECH_VERBS = (
    "nhấn mạnh", "khẳng định", "cho biết", "cho rằng", "nêu rõ", "chỉ rõ", "cho thấy", "phát biểu",
    "kết luận", "báo cáo", "có nêu", "nêu", "ghi nhận", "biểu dương", "đánh giá cao", "đánh giá",
    "thừa nhận", "cho hay", "chỉ ra", "nhận định", "chia sẻ", "thống nhất đánh giá", "nhận xét",
)  # fmt: skip

PRAISE_VERBS = (
    (
        r"(?:ghi nhận|biểu dương|đánh giá cao|khen ngợi|hoan nghênh)(?:(?:,| và) (?:ghi "
        r"nhận|biểu dương|đánh giá cao|khen ngợi|hoan nghênh)){0,2}"
    ),
)

# Who may stand before a verb of saying, besides titles, ranks, posts and bodies.
SPEAKERS = (
    "hội nghị", "lãnh đạo", "báo cáo", "đại biểu", "đoàn công tác", "ý kiến", "đơn vị", "chi bộ", "cấp ủy",
    "giám đốc", "thủ trưởng", "kết luận", "phát biểu", "nghị quyết", "tập thể", "chủ trì",
)  # fmt: skip

# Words that join a sentence to the one before and say nothing themselves.
OPENERS = (
    "theo đó", "nhờ đó", "nhờ vậy", "do đó", "vì vậy", "ngoài ra", "bên cạnh đó", "cùng với đó", "đồng thời",
    "trong đó nổi lên", "trong đó", "qua đó", "cụ thể", "nổi bật là", "nổi bật", "đặc biệt", "đáng chú ý",
    "mặt khác", "bên cạnh những kết quả đạt được", "kết quả là", "trước hết", "trước mắt", "tại hội nghị",
    "nhân dịp này", "dịp này", "tính đến nay", "đến nay", "hiện nay", "thời gian qua", "song song đó",
    r"thứ (?:nhất|hai|ba|tư|năm|sáu)", r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám) là",
)  # fmt: skip
