import datetime as dt
from pathlib import Path

import pytest

from soi.base.errors import NotFound
from soi.forms import registry
from soi.forms.layout import PROFILES
from tests.forms import samples
from tests.forms.reading import text

DAY = dt.date(2021, 4, 7)


def test_every_folder_is_a_form_and_every_form_can_be_rendered() -> None:
    folders = {path.parent.name for path in Path(registry.__file__).parent.glob("forms/*/context.py")}
    assert set(registry.forms()) == folders
    assert {"conference_minutes", "findings_list"} <= folders
    for form in registry.forms().values():
        assert form.layout in PROFILES
        assert form.title
        assert form.source


def test_render_uses_the_layout_of_the_form_unless_told_otherwise() -> None:
    party = text(registry.render("conference_minutes", samples.minutes(), created=samples.CREATED))
    state = text(
        registry.render(
            "conference_minutes", samples.minutes(), created=samples.CREATED, layout_id="state-nd30-2020"
        )
    )
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in party
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in state
    assert "ĐẢNG CỘNG SẢN" not in state


@pytest.mark.parametrize("form_id", ["../parts", "", "conference_minutes/../findings_list", "os"])
def test_only_known_ids_are_forms(form_id: str) -> None:
    with pytest.raises(NotFound):
        registry.render(form_id, samples.minutes(), created=samples.CREATED)


def test_file_names_have_no_marks() -> None:
    assert registry.file_name("conference_minutes", day=DAY) == "bien-ban-hoi-nghi-2021-04-07.docx"
    listed = registry.file_name("findings_list", day=DAY, subject="Đảng bộ Sư đoàn 904", extension="xlsx")
    assert listed == "danh-muc-han-che-khuyet-diem-dang-bo-su-doan-904-2021-04-07.xlsx"


@pytest.mark.parametrize(
    "subject",
    ["../../etc/passwd", 'a"b\r\nc: d', "{day}{subject}", "\u202excod", "🙂", "", "x" * 400, "ạ b " * 90],
)
def test_file_names_are_safe_whatever_the_subject(subject: str) -> None:
    name = registry.file_name("findings_list", day=DAY, subject=subject)
    assert name.isascii()
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-.")
    assert name.startswith("danh-muc-han-che-khuyet-diem-")
    assert name.endswith("-2021-04-07.docx")
    assert "--" not in name
    assert name.count("2021") == 1
    assert len(name) < 150


def test_a_form_in_the_wrong_folder_is_found_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    known = Path(registry.__file__).parent / "forms" / "findings_list" / "form.toml"
    (folder / "form.toml").write_bytes(known.read_bytes())
    monkeypatch.setattr(registry, "_FOLDER", tmp_path)
    registry.forms.cache_clear()
    try:
        with pytest.raises(ValueError, match="findings_list"):
            registry.forms()
    finally:
        registry.forms.cache_clear()
