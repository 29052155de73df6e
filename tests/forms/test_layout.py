import pytest

from soi.base.errors import NotFound
from soi.forms.layout import PROFILES, profile


def test_party_and_state_have_opposite_conventions() -> None:
    party, state = profile("party-hd05-2026"), profile("state-nd30-2020")
    assert (party.end_mark, state.end_mark) == (".", "./.")
    assert (party.on_behalf, state.on_behalf) == ("T/M", "TM.")
    assert (party.number_prefix, state.number_prefix) == ("Số ", "Số: ")
    assert [line.text for line in party.banner] == ["ĐẢNG CỘNG SẢN VIỆT NAM"]
    assert state.banner[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def test_every_profile_names_the_document_it_comes_from() -> None:
    for layout_id, layout in PROFILES.items():
        assert layout.id == layout_id
        assert "/" in layout.source
        assert "ngày" in layout.source


def test_width_of_the_text() -> None:
    assert profile("party-hd05-2026").text_width() == 165
    assert profile("party-hd05-2026").text_width(landscape=True) == 252


def test_the_banner_and_its_line_fit_beside_the_issuing_body() -> None:
    for layout in PROFILES.values():
        assert layout.banner_rule < layout.text_width() * 0.58


def test_an_unknown_profile_is_refused_by_name() -> None:
    with pytest.raises(NotFound, match="party-1945"):
        profile("party-1945")
