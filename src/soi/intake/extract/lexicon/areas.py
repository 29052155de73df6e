"""Lĩnh vực công tác: words that point to an area, weighted (3 names the area, 2 belongs to it, 1 hints)."""

from __future__ import annotations

from soi.intake.extract.model import Area

AREA_WORDS: dict[Area, dict[int, str]] = {
    Area.PARTY_BUILDING: {
        3: (
            "chủ trương của đảng, chính sách, pháp luật của nhà nước|chủ trương, đường lối của đảng|"
            "đường lối của đảng, chính sách, pháp luật của nhà nước|công tác xây dựng đảng|"
            "xây dựng, chỉnh đốn đảng|xây dựng đảng|nguyên tắc tập trung dân chủ|tập trung dân chủ|"
            "sinh hoạt chi bộ|sinh hoạt đảng|nguyên tắc sinh hoạt|tự phê bình và phê bình|"
            "kết nạp đảng|kết nạp đảng viên|phát triển đảng viên|công tác phát triển đảng|"
            "tự kiểm điểm|nghị quyết chuyên đề|sinh hoạt chuyên đề|chi bộ sinh hoạt|"
            "sinh hoạt định kỳ|quản lý đảng viên|đảng phí|thẻ đảng|huy hiệu đảng|sức chiến đấu|"
            "nơi cư trú|kết nạp|quần chúng ưu tú|quy chế lãnh đạo|đại hội đảng|đại hội chi bộ|"
            "đại hội điểm|tổ chức cơ sở đảng|tổ chức đảng|chuyển đảng chính thức|đảng viên mới|"
            "đảng viên dự bị|tiền phong gương mẫu|vai trò nêu gương|trách nhiệm nêu gương|nêu gương"
        ),
        2: (
            "chi bộ|đảng bộ|đảng viên|chi ủy|cấp ủy viên|quy chế làm việc|đoàn kết|kiểm điểm|"
            "chủ trương của đảng|đường lối của đảng|nhận xét|sổ sách sinh hoạt"
        ),
        1: "cấp ủy|đảng|nghị quyết|trong sạch|công tác đảng, công tác chính trị|ctđ, ctct",
    },
    Area.IDEOLOGY: {
        3: (
            "chính trị tư tưởng|chính trị, tư tưởng|giáo dục chính trị|tư tưởng, đạo đức, phong cách|"
            "tư tưởng|tuyên giáo|tuyên truyền|báo chí|dư luận|học tập và làm theo|làm theo tư tưởng|"
            "học tập nghị quyết|học tập, quán triệt|quán triệt, học tập|nghiên cứu, học tập|"
            "mạng xã hội|không gian mạng|quan điểm sai trái|thù địch|truyền thông|định hướng dư luận|"
            "báo cáo viên|giáo dục truyền thống|lý luận chính trị|nền tảng tư tưởng|"
            "diễn biến hòa bình|thông tin cơ sở|suy thoái"
        ),
        2: (
            "nhận thức|quán triệt|giáo dục|học tập|bồi dưỡng chính trị|quyết tâm cao|an tâm công tác|"
            "yên tâm|nghị quyết của đảng"
        ),
        1: "tinh thần|cán bộ, chiến sĩ",
    },
    Area.PERSONNEL: {
        3: (
            "công tác cán bộ|công tác tổ chức, cán bộ|tổ chức cán bộ|quy hoạch cán bộ|"
            "quy hoạch cấp ủy|luân chuyển|bổ nhiệm|điều động|tổ chức bộ máy|sắp xếp tổ chức|"
            "tinh giản biên chế|biên chế|vị trí việc làm|kiện toàn|đào tạo, bồi dưỡng|đội ngũ cán bộ|"
            "đánh giá cán bộ|chính sách cán bộ|sáp nhập|đầu mối|sắp xếp, bố trí|nguồn nhân lực|"
            "nhân sự|tuyển dụng|tinh gọn|đơn vị hành chính|viên chức"
        ),
        2: "cán bộ|quy hoạch|năng lực|trình độ|công chức|nghiệp vụ",
        1: "đội ngũ|bộ máy",
    },
    Area.INSPECTION: {
        3: (
            "kiểm tra, giám sát|công tác kiểm tra|kỷ luật đảng|thi hành kỷ luật|tham nhũng|lãng phí|"
            "tiêu cực|khiếu nại|tố cáo|thanh tra|chấp hành kỷ luật|vi phạm kỷ luật|"
            "kỷ luật nghiêm trọng|dấu hiệu vi phạm|đơn thư|giám sát chuyên đề|kê khai tài sản|"
            "tiếp công dân|biếu, tặng|ủy ban kiểm tra|pháp luật, kỷ luật|vi phạm pháp luật, kỷ luật"
        ),
        2: "kỷ luật|kiểm tra|giám sát|vi phạm|sai phạm|quân nhân vi phạm|chấp hành pháp luật",
        1: "sai quy định|quy chế",
    },
    Area.LEADERSHIP: {
        3: (
            "công tác lãnh đạo|chỉ đạo, điều hành|phân công nhiệm vụ|chế độ báo cáo|"
            "công tác phối hợp|phối hợp giữa|sự phối hợp|công tác tham mưu|chương trình, kế hoạch|"
            "kế hoạch, chương trình|chương trình công tác|nắm tình hình|dự báo|đôn đốc|"
            "người đứng đầu|phương thức lãnh đạo|phong cách làm việc|lề lối làm việc|điều hành|"
            "chương trình hành động|cụ thể hóa"
        ),
        2: "lãnh đạo, chỉ đạo|phối hợp|tham mưu|báo cáo|kế hoạch|phân công",
        1: "nhiệm vụ|trách nhiệm|lãnh đạo|chỉ đạo|chỉ huy|triển khai thực hiện",
    },
    Area.DEFENCE: {
        3: (
            "quân sự, quốc phòng|nhiệm vụ quân sự|quốc phòng|huấn luyện|sẵn sàng chiến đấu|diễn tập|"
            "khu vực phòng thủ|biên giới|tuyển quân|tuyển chọn, gọi công dân nhập ngũ|"
            "gọi công dân nhập ngũ|nghĩa vụ quân sự|dân quân|tự vệ|dự bị động viên|"
            "xây dựng chính quy|chính quy|mẫu mực, tiêu biểu|hậu cần|kỹ thuật|vũ khí|khí tài|"
            "tuần tra|trên biển|chủ quyền|biển, đảo|hải quân|quân nhân|bộ đội|lực lượng vũ trang|"
            "llvt|phòng thủ|chế độ trực|trực sẵn sàng|canh gác|doanh trại|quân số"
        ),
        2: (
            "vmtd|vững mạnh toàn diện|quân sự|chiến đấu|chiến sĩ|sĩ quan|đơn vị quân đội|phòng không|"
            "tác chiến"
        ),
        1: "tàu|quân",
    },
    Area.SECURITY: {
        3: (
            "an ninh chính trị|an ninh trật tự|an ninh, trật tự|trật tự, an toàn xã hội|"
            "trật tự an toàn xã hội|tội phạm|phạm pháp hình sự|tai nạn giao thông|an toàn giao thông|"
            "buôn lậu|gian lận thương mại|ma túy|tệ nạn|cháy nổ|phòng cháy|quốc phòng, an ninh|"
            "an ninh, quốc phòng|kiểm soát hải quan|bảo vệ an ninh|vi phạm pháp luật hải quan|"
            "trật tự xã hội|an ninh mạng|nhập cảnh|bảo vệ bí mật|hàng giả|hàng cấm|lừa đảo|vụ án|"
            "truy nã|đánh bắt bất hợp pháp"
        ),
        2: "an ninh|trật tự|an toàn|phát hiện, bắt|khởi tố|quản lý rủi ro",
        1: "vụ việc",
    },
    Area.ECONOMY: {
        3: (
            "thu ngân sách|ngân sách|nsnn|số thu|thu, chi|tăng trưởng|grdp|gdp|kim ngạch|"
            "xuất nhập khẩu|xuất khẩu|sản xuất kinh doanh|sxkd|doanh thu|lợi nhuận|đầu tư công|"
            "giải ngân|vốn đầu tư|đấu thầu|chỉ định thầu|mua sắm|kinh tế|sản xuất|nông nghiệp|"
            "công nghiệp|thương mại|du lịch|giảm nghèo|hộ nghèo|nông thôn mới|ocop|thu nhập|"
            "nguồn thu|kinh phí|nợ thuế|thất thu|hoàn thuế|truy thu|tài chính|cơ sở hạ tầng|"
            "kết cấu hạ tầng|năng suất lao động|thị trường|doanh nghiệp nhà nước|vốn|hợp tác xã|"
            "sản lượng|chăn nuôi|trồng trọt|thủy sản|cây trồng|nợ đọng|phụ cấp|chi phí|khách hàng|"
            "bán hàng"
        ),
        2: "doanh nghiệp|dự án|thuế|chỉ tiêu|tỷ đồng|triệu đồng|khách|dịch vụ",
        1: "đạt|tăng|chi",
    },
    Area.SOCIETY: {
        3: (
            "y tế|bệnh nhân|vắc xin|vaccine|phòng, chống dịch|phòng chống dịch|dịch bệnh|covid-19|"
            "covid|khám bệnh|chữa bệnh|giáo dục và đào tạo|trường học|học sinh|sinh viên|dạy và học|"
            "giảng dạy|chất lượng giáo dục|văn hóa|văn minh|thể thao|an sinh xã hội|người có công|"
            "chính sách xã hội|cứu hộ|cứu nạn|thiên tai|cứu trợ|nhà ở xã hội|nhà tạm|việc làm|"
            "bảo hiểm xã hội|bảo hiểm y tế|an toàn thực phẩm|chế độ, chính sách|trẻ em|đời sống|"
            "đền ơn đáp nghĩa|chuẩn quốc gia|lao động, việc làm|tín ngưỡng|trợ giúp"
        ),
        2: "sức khỏe|điều trị|gia đình|văn nghệ|bão|lũ|chế độ|chính sách đối với|thi tốt nghiệp",
        1: "người lao động|nhân dân",
    },
    Area.ADMIN_LAW: {
        3: (
            "cải cách hành chính|thủ tục hành chính|thủ tục|chuyển đổi số|dịch vụ công|"
            "trực tuyến toàn trình|công nghệ thông tin|cntt|tư pháp|pháp luật|dự thảo luật|"
            "tư vấn pháp luật|trợ giúp pháp lý|chính sách pháp luật|phổ biến pháp luật|"
            "kỷ cương hành chính|quản lý nhà nước|một cửa|văn bản quy phạm|thi hành án|thể chế|"
            "chính phủ điện tử|chính quyền điện tử|chính quyền số|hồ sơ trực tuyến|chữ ký số|"
            "cơ sở dữ liệu|hộ tịch|căn cước|công chứng|tiếp nhận và xử lý|cải cách"
        ),
        2: "hành chính|hồ sơ|kỷ cương|tờ khai|hiện đại hóa|luật|văn bản|quy trình",
        1: "thông quan",
    },
    Area.MASS_WORK: {
        3: (
            "dân vận|mặt trận|công đoàn|đoàn thể|đoàn thanh niên|đoàn tncs|hội phụ nữ|hội nông dân|"
            "cựu chiến binh|phong trào thi đua|thi đua|khen thưởng|quy chế dân chủ|dân chủ ở cơ sở|"
            "dân chủ cơ sở|tôn giáo|dân tộc|quần chúng nhân dân|toàn dân đoàn kết|hội viên|đoàn viên|"
            "phong trào|chính trị - xã hội|từ thiện|nhân đạo|hiến máu|đồng hành với|hội giảng|"
            "hội thi|hội thao|tổ chức hội|phản biện xã hội|đối thoại|giúp dân|kết nghĩa"
        ),
        2: "thanh niên|phụ nữ|nông dân|ngư dân|người lao động|vận động|hội",
        1: "nhân dân|chào mừng",
    },
    Area.LAND_ENV: {
        3: (
            "đất đai|đất công|sử dụng đất|ô nhiễm môi trường|môi trường|bãi rác|rác thải|"
            "quy hoạch xây dựng|xây dựng công trình|không phép|sai phép|trật tự xây dựng|"
            "trật tự đô thị|giải phóng mặt bằng|tài nguyên|khoáng sản|khai thác cát|rừng|phá rừng|"
            "đền bù|bồi thường|tái định cư|cấp giấy chứng nhận quyền sử dụng|nước thải|nhà, đất|"
            "đất ở|lấn chiếm|biến đổi khí hậu|xây dựng cơ bản|bảo vệ rừng|đô thị"
        ),
        2: "quy hoạch|đất|công trình|mặt bằng|tiến độ dự án|triển khai dự án",
        1: "xây dựng",
    },
}
