"""Tài khoản mẫu: who can sign in at once, and what each will find waiting."""

from __future__ import annotations

from dataclasses import dataclass

# Printed on the first screen of the demonstration: it protects nothing but invented records.
PASSWORD = "tu-soi-tu-sua-10"  # noqa: S105


@dataclass(frozen=True, slots=True)
class SignIn:
    """Một tài khoản mẫu: ``label`` is who it is, ``what`` the first thing worth a look, ``who`` the person's key."""

    username: str
    label: str
    what: str
    who: str


SIGN_INS = (
    SignIn(
        "bithu",
        "Bí thư Đảng ủy Sư đoàn 981",
        "hạn chế của sư đoàn, nội dung chờ xác nhận, nghi lặp lại chờ quyết định",
        "div981.vicecommissar",
    ),
    SignIn(
        "vanphong",
        "Trưởng ban Thư ký tổng hợp, Văn phòng Đảng ủy Quân khu 10",
        "bản nhập chờ xác nhận; nhập thêm một văn bản",
        "office.clerk",
    ),
    SignIn(
        "thanhvien",
        "Tiểu đoàn trưởng Tiểu đoàn 1, Trung đoàn 811",
        "biện pháp quá hạn phải báo cáo, nội dung nêu trách nhiệm cá nhân",
        "bat8111.commander",
    ),
    SignIn(
        "captren",
        "Bí thư Đảng ủy, Chính ủy Quân khu 10",
        "toàn cảnh các đơn vị, nội dung nghi lặp lại",
        "command.vicecommissar",
    ),
    SignIn(
        "kiemtra",
        "Phó Chủ nhiệm Ủy ban Kiểm tra Đảng ủy Quân khu 10",
        "nội dung đã báo cáo xong, chờ xác nhận",
        "control.vice",
    ),
    SignIn(
        "tuyenhuan",
        "Trưởng phòng Tuyên huấn, Cục Chính trị",
        "biện pháp của phòng, hội nghị để viết tin",
        "propaganda.vice",
    ),
    SignIn(
        "quantri",
        "Trợ lý công nghệ thông tin (quản trị hệ thống)",
        "tài khoản và phân quyền; chỉ thấy việc giao cho mình",
        "office.network",
    ),
    SignIn(
        "bithuxa",
        "Bí thư Đảng ủy xã Lâm Khê",
        "hạn chế sau sáp nhập ba xã, nội dung chờ xác nhận",
        "district.vice",
    ),
    SignIn(
        "vanphongxa",
        "Chánh Văn phòng Đảng ủy xã Lâm Khê",
        "bản nhập của xã chờ xác nhận, biện pháp của văn phòng",
        "district.clerk",
    ),
)
