"""Cột của bảng nhiệm vụ: one list for the template, for what is read from a sheet, and for what is printed.

So a programme written out as a workbook can be mended and read in again.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from soi.forms.xlsx.table import Column, Kind

# Between a post and its body in the cell that names both: "Bí thư · Đảng ủy Sư đoàn 901".
POST_OF_BODY = " · "
# What begins the code of the row that only shows how to fill the sheet in.
EXAMPLE = "VÍ DỤ"


@dataclass(frozen=True, slots=True)
class TaskColumn:
    """Một cột: ``how`` tells the clerk what to write; ``others`` are further headings it is known by."""

    key: str
    title: str
    how: str
    example: str
    required: bool = False
    kind: Kind = Kind.TEXT
    width: float | None = None
    others: tuple[str, ...] = ()

    def as_column(self) -> Column:
        """The same as a column of a printed table."""
        return Column(self.title, self.kind, self.width)


TASK_COLUMNS = (
    TaskColumn(
        "code", "Mã",
        "Nên ghi, mỗi nhiệm vụ một mã không trùng nhau. Khi nhập lại bảng, dòng có mã đã biết sẽ sửa đúng nhiệm vụ đó.",
        "CT21-01", width=12,
        others=("Mã nhiệm vụ", "Mã số", "Mã NV", "Ký hiệu"),
    ),
    TaskColumn(
        "statement", "Nhiệm vụ",
        "Làm việc gì, cụ thể. «Tăng cường», «đẩy mạnh» mà không có số lượng hay sản phẩm thì chưa phải nhiệm vụ.",
        "Kiểm tra việc bảo quản vũ khí ở 100% đại đội", required=True, width=50,
        others=("Nội dung", "Nội dung nhiệm vụ", "Tên nhiệm vụ", "Công việc", "Nội dung công việc", "Nhiệm vụ cụ thể"),
    ),
    TaskColumn(
        "deliverable", "Sản phẩm/kết quả",
        "Thứ đếm được hoặc cầm được để biết đã xong: biên bản, kế hoạch, 100% chi bộ…",
        "Biên bản kiểm tra của từng đại đội", required=True, width=32,
        others=("Sản phẩm", "Kết quả", "Sản phẩm, kết quả", "Sản phẩm đầu ra", "Kết quả cần đạt", "Kết quả dự kiến"),
    ),
    TaskColumn(
        "area", "Lĩnh vực", "Chọn trong danh sách của ô (trang «Danh mục»).", "Kiểm tra, kỷ luật",
        required=True, width=22,
        others=("Lĩnh vực công tác", "Mảng công tác"),
    ),
    TaskColumn(
        "post", "Chức vụ chịu trách nhiệm",
        "Đúng một chức vụ đã có trong Soi, chọn trong danh sách của ô (trang «Chức vụ»), hoặc gõ tên chức vụ ở đây "
        "và tên đơn vị ở cột «Đơn vị».",
        "Tham mưu trưởng", required=True, width=36,
        others=("Chức vụ", "Chịu trách nhiệm", "Người chịu trách nhiệm", "Chịu trách nhiệm chính", "Chủ trì",
                "Phụ trách", "Chức vụ chủ trì"),
    ),
    TaskColumn(
        "body", "Đơn vị",
        "Đơn vị của chức vụ đó. Để trống nếu chức vụ thuộc chính tổ chức lập chương trình, hoặc đã chọn cả hai "
        "trong một ô.",
        "Sư đoàn 901", width=30,
        others=("Tổ chức", "Đơn vị chủ trì", "Đơn vị thực hiện", "Đơn vị chịu trách nhiệm", "Cơ quan chủ trì",
                "Cơ quan, đơn vị"),
    ),
    TaskColumn(
        "contributors", "Phối hợp", "Các tổ chức cùng làm, cách nhau bằng dấu chấm phẩy (;).",
        "Phòng Hậu cần; Trung đoàn 91", width=28,
        others=("Đơn vị phối hợp", "Cơ quan phối hợp", "Tổ chức phối hợp", "Cơ quan, đơn vị phối hợp"),
    ),
    TaskColumn(
        "start", "Bắt đầu", "Ngày bắt đầu, dạng ngày/tháng/năm. Để trống: bắt đầu từ ngày nhập.", "01/10/2021",
        kind=Kind.DATE,
        others=("Ngày bắt đầu", "Từ ngày", "Bắt đầu từ"),
    ),
    TaskColumn(
        "due", "Thời hạn", "Ngày phải xong, dạng ngày/tháng/năm, không trước ngày bắt đầu.", "31/12/2021",
        required=True, kind=Kind.DATE,
        others=("Hạn", "Hạn hoàn thành", "Thời hạn hoàn thành", "Thời gian hoàn thành", "Ngày hoàn thành", "Đến ngày",
                "Kết thúc", "Hạn xong"),
    ),
    TaskColumn(
        "target", "Chỉ tiêu", "Con số phải đạt, nếu đo được.", "12", kind=Kind.NUMBER, width=11,
    ),
    TaskColumn(
        "unit", "Đơn vị tính", "Chỉ tiêu tính bằng gì: đại đội, buổi, %…", "đại đội", width=13,
        others=("ĐVT", "Đơn vị đo"),
    ),
    TaskColumn(
        "weight", "Trọng số", "Số nguyên từ 1 đến 10. Để trống: 1.", "2", kind=Kind.NUMBER, width=9,
        others=("Hệ số",),
    ),
)  # fmt: skip
BY_KEY = MappingProxyType({column.key: column for column in TASK_COLUMNS})
