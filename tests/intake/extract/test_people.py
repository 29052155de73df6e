"""People who take part: names, ranks, posts with their bodies, roles."""

from __future__ import annotations

import pytest

from soi.intake.extract import propose
from soi.intake.extract.model import PersonMention, Role

LEAD = "Sáng 4/7/2022, Đảng ủy xã Hòa Lộc tổ chức hội nghị sơ kết quý II năm 2022."


def people(text: str) -> dict[str, PersonMention]:
    return {person.name: person for person in propose(f"{LEAD} {text}").people}


def roles(person: PersonMention) -> set[str]:
    return {mention.role.value for mention in person.roles}


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("Đồng chí Tạ Văn Rạng, Bí thư Đảng ủy chủ trì hội nghị.", "Tạ Văn Rạng", {"chair"}),
        ("Đồng chí Tạ Văn Rạng, Bí thư Đảng ủy dự và chỉ đạo hội nghị.", "Tạ Văn Rạng", {"direct"}),
        (
            "Phát biểu chỉ đạo tại hội nghị, đồng chí Tạ Văn Rạng ghi nhận kết quả.",
            "Tạ Văn Rạng",
            {"direct", "speak"},
        ),
        ("Đồng chí Tạ Văn Rạng, Phó Bí thư trình bày báo cáo.", "Tạ Văn Rạng", {"present"}),
        ("Kết luận hội nghị, đồng chí Tạ Văn Rạng yêu cầu làm ngay.", "Tạ Văn Rạng", {"speak"}),
        ("Dự hội nghị có đồng chí Tạ Văn Rạng, Bí thư Đảng ủy.", "Tạ Văn Rạng", {"attend"}),
        ("Giám đốc Sở Giao thông Tạ Văn Rạng cho biết đường đã thông.", "Tạ Văn Rạng", {"speak"}),
        ("Hội nghị nghe đồng chí Tạ Văn Rạng quán triệt kế hoạch.", "Tạ Văn Rạng", {"present"}),
    ],
)
def test_roles(sentence: str, name: str, expected: set[str]) -> None:
    assert roles(people(sentence)[name]) == expected


def test_rank_and_posts_with_the_bodies_named_in_them() -> None:
    person = people(
        "Thiếu tướng Đặng Quang Lẫm, Ủy viên Trung ương Đảng, Phó Bí thư Thường trực Đảng ủy, "
        "Chính ủy Quân khu chủ trì."
    )["Đặng Quang Lẫm"]
    assert person.rank == "Thiếu tướng"
    assert [(post.post, post.org) for post in person.posts] == [
        ("Ủy viên Trung ương Đảng", "Trung ương Đảng"),
        ("Phó Bí thư Thường trực Đảng ủy", "Đảng ủy"),
        ("Chính ủy Quân khu", "Quân khu"),
    ]


@pytest.mark.parametrize(
    ("post", "body"),
    [
        ("Trưởng Ban Dân vận Tỉnh ủy", "Ban Dân vận Tỉnh ủy"),
        ("Chánh Văn phòng Huyện ủy", "Văn phòng Huyện ủy"),
        ("Phó Chủ tịch kiêm Tổng thư ký Hội Luật gia tỉnh", "Hội Luật gia tỉnh"),
        ("Phó Chủ nhiệm Chính trị Quân khu 8", "Quân khu 8"),
        ("Tỉnh ủy viên", ""),
        ("Trưởng phòng", ""),
        ("Hiệu trưởng nhà trường", "nhà trường"),
    ],
)
def test_the_body_inside_a_post(post: str, body: str) -> None:
    person = people(f"Đồng chí Tạ Văn Rạng - {post} chủ trì hội nghị.")["Tạ Văn Rạng"]
    assert [(found.post, found.org) for found in person.posts] == [(post, body)]


def test_a_shorter_form_of_a_post_is_left_out() -> None:
    text = "Đồng chí Tạ Văn Rạng, Phó Cục trưởng Cục Thuế tỉnh chủ trì. Phó Cục trưởng Tạ Văn Rạng yêu cầu nộp đủ."
    assert [post.post for post in people(text)["Tạ Văn Rạng"].posts] == ["Phó Cục trưởng Cục Thuế tỉnh"]


def test_posts_before_the_name() -> None:
    text = "Ủy viên Ban Thường vụ Tỉnh ủy, Bí thư Huyện ủy Tạ Văn Rạng chủ trì hội nghị."
    assert [post.post for post in people(text)["Tạ Văn Rạng"].posts] == [
        "Ủy viên Ban Thường vụ Tỉnh ủy",
        "Bí thư Huyện ủy",
    ]


def test_a_place_name_before_the_name_is_no_family_name() -> None:
    assert set(people("Bí thư Hà Nam Tạ Văn Rạng phát biểu khai mạc.")) == {"Tạ Văn Rạng"}


def test_those_joined_share_what_is_said_of_all() -> None:
    found = people("Bí thư Huyện ủy Tạ Văn Rạng; Phó Bí thư Huyện ủy Kha Minh Đẩu đồng chủ trì hội nghị.")
    assert {name: roles(person) for name, person in found.items()} == {
        "Tạ Văn Rạng": {"chair"},
        "Kha Minh Đẩu": {"chair"},
    }


def test_different_roles_in_one_sentence_stay_apart() -> None:
    found = people("Đồng chí Quách Thị Mận dự và chỉ đạo; đồng chí Tạ Văn Rạng chủ trì hội nghị.")
    assert {name: roles(person) for name, person in found.items()} == {
        "Quách Thị Mận": {"direct"},
        "Tạ Văn Rạng": {"chair"},
    }


def test_a_list_under_one_role() -> None:
    found = people(
        "Dự hội nghị có các đồng chí: Quách Thị Mận, Phó Chủ tịch UBND huyện; Kha Minh Đẩu, Chánh Văn phòng Huyện ủy."
    )
    assert {name: roles(person) for name, person in found.items()} == {
        "Quách Thị Mận": {"attend"},
        "Kha Minh Đẩu": {"attend"},
    }


def test_short_names_belong_to_the_person_already_met() -> None:
    found = people(
        "Đồng chí Tạ Văn Rạng, Bí thư Đảng ủy chủ trì hội nghị. Ông Rạng yêu cầu các chi bộ họp đúng ngày."
    )
    assert set(found) == {"Tạ Văn Rạng"}
    assert roles(found["Tạ Văn Rạng"]) == {"chair", "speak"}


def test_a_misprinted_middle_name_makes_no_second_person() -> None:
    text = (
        "Trưởng ban Dân vận Tỉnh ủy Phan Văn Lụa dự. Trưởng ban Dân vận Tỉnh ủy Phan Đình Lụa phát biểu. "
        "Đồng chí Phan Đình Lụa yêu cầu làm ngay."
    )
    assert set(people(text)) == {"Phan Đình Lụa"}


@pytest.mark.parametrize(
    "text",
    [
        "Có mặt 9/10 đảng viên; vắng: đ/c Mạc Văn Thìn (ốm).",
        "Hồ sơ của quần chúng Mạc Thị Ánh chưa xong.",
        "Học tập tư tưởng, đạo đức, phong cách Hồ Chí Minh.",
        "Đại diện lãnh đạo Văn phòng Tỉnh ủy dự hội nghị.",
        "Ban Bí thư yêu cầu kiểm điểm nghiêm túc.",
    ],
)
def test_the_absent_and_those_only_talked_about_are_no_participants(text: str) -> None:
    assert people(text) == {}


def test_capital_titles_are_not_part_of_the_name() -> None:
    assert roles(people("Chủ tọa: Ông Tạ Văn Rạng. Thư ký: Bà Ninh Thị Lụa.")["Ninh Thị Lụa"]) == {
        Role.ATTEND.value
    }


def test_evidence_stands_where_the_words_stand() -> None:
    text = f"{LEAD} Đại tá Tạ Văn Rạng, Bí thư Đảng ủy chủ trì hội nghị."
    (person,) = propose(text).people
    assert person.name_spans[0].of(text) == "Tạ Văn Rạng"
    assert person.rank_span is not None
    assert person.rank_span.of(text) == "Đại tá"
    assert person.posts[0].span.of(text) == "Bí thư Đảng ủy"
    assert person.roles[0].span.of(text) == "chủ trì"
