"""The text of users is data (U7): whatever it looks like, in whatever field, it is printed as it is."""

import itertools
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from soi.forms import registry
from tests.forms import samples
from tests.forms.reading import lines, parts, texts, with_texts

PAYLOADS = [
    "{{7*7}}",
    "{% for x in y %}{{ x }}{% endfor %}",
    "</w:t></w:r><w:r><w:t>49</w:t></w:r>",
    "<!ENTITY x SYSTEM 'file:///etc/passwd'> &x;",
    "a & b < c > \"d\" 'e' ]]>",
    "${7*7} #{7*7} %s %(name)s \\n { PAGE }",
    "=1+1",
]
CONTEXTS: dict[str, Callable[[], Any]] = {
    "conference_minutes": samples.minutes,
    "findings_list": samples.findings,
}


def marked(context: Any, payload: str) -> tuple[Any, int]:
    """Every text replaced by the payload and a number of its own; and how many there were."""
    numbers = itertools.count()
    poisoned = with_texts(context, lambda _: f"№{next(numbers)}№{payload}₫")
    return poisoned, sum(1 for _ in texts(context))


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("form_id", CONTEXTS)
def test_every_field_is_printed_as_it_was_typed(form_id: str, payload: str) -> None:
    context, fields = marked(CONTEXTS[form_id](), payload)
    # Long names of bodies are broken in two lines, hence the blank between lines.
    printed = " ".join(lines(registry.render(form_id, context, created=samples.CREATED))).upper()
    found = sum(f"№{number}№{payload}₫".upper() in printed for number in range(fields))
    # Not printed: the sites of people outside the table of those present, and the codes of findings.
    assert fields - found == len(unprinted(form_id))


def unprinted(form_id: str) -> list[str]:
    if form_id == "findings_list":
        return [finding.code for finding in samples.findings().findings]
    context = samples.minutes()
    people = [context.chair, context.secretary, *context.superiors, *context.guests]
    return [person.site for person in (*people, *(absence.who for absence in context.absent)) if person]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("form_id", CONTEXTS)
def test_no_text_becomes_markup_or_a_field(form_id: str, payload: str) -> None:
    plain = registry.render(form_id, CONTEXTS[form_id](), created=samples.CREATED)
    poisoned = registry.render(form_id, marked(CONTEXTS[form_id](), payload)[0], created=samples.CREATED)
    for tag in (b"<w:instrText", b"<w:fldSimple", b"<w:tbl>", b"<w:hyperlink", b"<w:object"):
        count = parts(poisoned)["word/document.xml"].count(tag)
        assert count == parts(plain)["word/document.xml"].count(tag)
    assert parts(poisoned).keys() == parts(plain).keys()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_poisoned_form_opens_in_libreoffice(tmp_path: Path) -> None:
    for form_id, make in CONTEXTS.items():
        context, _ = marked(make(), " ".join(PAYLOADS))
        content = registry.render(form_id, context, created=samples.CREATED)
        (tmp_path / f"{form_id}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(map(str, tmp_path.glob("*.docx")))
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert {path.stem for path in tmp_path.glob("*.pdf")} == set(CONTEXTS)
