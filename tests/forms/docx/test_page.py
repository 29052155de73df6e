import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn

from soi.forms import registry
from soi.forms.docx.page import BODY, new_page
from soi.forms.layout import profile
from tests.forms import samples
from tests.forms.reading import opened, parts

MINUTES = registry.render("conference_minutes", samples.minutes(), created=samples.CREATED)
LIST = registry.render("findings_list", samples.findings(), created=samples.CREATED)


def test_paper_and_margins() -> None:
    section = opened(MINUTES).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15]


def test_the_list_lies() -> None:
    section = opened(LIST).sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_body_text_is_set_as_hd_05_wants() -> None:
    style = opened(MINUTES).styles[BODY]
    assert style.font.size.pt == 14
    assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.EXACTLY
    assert 19 <= style.paragraph_format.line_spacing.pt <= 20
    assert round(style.paragraph_format.first_line_indent.mm) == 10


def test_the_state_layout_has_single_spacing() -> None:
    style = new_page(profile("state-nd30-2020")).document.styles[BODY]
    assert style.paragraph_format.line_spacing_rule == WD_LINE_SPACING.SINGLE


@pytest.mark.parametrize("name", [None, "Normal", BODY, "Heading 1", "Heading 2", "Heading 3", "Header"])
def test_all_scripts_are_times_new_roman(name: str | None) -> None:
    styles = opened(MINUTES).styles
    owner = styles.element.find(f".//{qn('w:rPrDefault')}") if name is None else styles[name].element
    fonts = owner.find(f".//{qn('w:rFonts')}")
    # A theme attribute that is left would win over the name.
    assert dict(fonts.attrib) == {
        qn(f"w:{slot}"): "Times New Roman" for slot in ("ascii", "hAnsi", "eastAsia", "cs")
    }


def test_no_run_leaves_the_font_or_turns_blue() -> None:
    document = parts(MINUTES)["word/document.xml"].decode()
    assert "w:rFonts" not in document
    assert "w:color w:val" not in document
    assert str(opened(MINUTES).styles["Heading 1"].font.color.rgb) == "000000"


def test_the_language_is_vietnamese() -> None:
    language = opened(MINUTES).styles.element.find(f".//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "vi-VN"


def test_page_number_centred_above_and_not_on_page_one() -> None:
    section = opened(MINUTES).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" not in section.first_page_header._element.xml
    header = section.header.paragraphs[0]
    assert header.alignment == 1
    assert header._p.find(f".//{qn('w:fldSimple')}").get(qn("w:instr")).strip() == "PAGE"
    assert header.style.font.size.pt == 13
    assert section.header_distance < section.top_margin
    assert not section.footer.paragraphs[0].text
