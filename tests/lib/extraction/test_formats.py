"""PDF, OpenDocument, RTF, e-mail, subtitles and transcripts: their words, their places, and notes on the rest."""

import contextlib
from email.message import EmailMessage

import pytest

from bench.documents import opendocument
from bench.documents.pdf import pdf
from lib import extraction
from lib.extraction import ExtractionError


def test_pages_of_a_pdf_become_locators() -> None:
    found = extraction.read(
        pdf("The dam was built\nin 1961 for the valley.", "", "It holds 3 cubic kilo-\nmetres of water.")
    )
    assert [place.locator for place in found.places] == ["p. 1", "p. 3"]
    assert found.body[found.places[1].start :].startswith("It holds 3 cubic kilometres of water.")
    assert "One page has no text." in found.notes


@pytest.mark.parametrize(
    ("data", "code"), [(pdf("", ""), "no_text"), (pdf("x", encrypted=True), "kind"), (pdf(*["a"] * 401), "too_large")]
)
def test_a_pdf_that_cannot_be_read_says_why(data: bytes, code: str) -> None:
    with pytest.raises(ExtractionError) as refused:
        extraction.read(data)
    assert refused.value.code == code


def test_a_pdf_that_unpacks_to_more_than_is_read_is_refused() -> None:
    with pytest.raises(ExtractionError) as refused:
        extraction.read(pdf("x\n" * 1_000_000), max_bytes=64 * 1024 * 1024)
    assert refused.value.code == "too_large"


def test_four_hundred_pages_are_read() -> None:
    assert len(extraction.read(pdf(*[f"Page {n} says so." for n in range(400)])).places) == 400


ODT = (
    opendocument.deletion("gone words")
    + opendocument.paragraph(
        f"Rain fell on 12{opendocument.span('U', '3')} days{opendocument.note('1', 'Weather office.')}.\n"
    )
    + opendocument.paragraph(f"Cost {opendocument.span('S', '9')}<text:s text:c='1'/>10")
    + opendocument.row("Oslo", "5", "5")
)


def test_an_opendocument_text_is_read_with_its_notes_and_without_its_deletions() -> None:
    found = extraction.read(opendocument.odt(ODT))
    assert found.body == "Rain fell on 12³ days [1].\n\nCost 10\n\nOslo\t5\t5\n\n[1] Weather office."
    assert "One tracked deletion was left out." in found.notes
    assert "One struck-through passage was left out." in found.notes


def test_rich_text_is_read_without_what_it_hides() -> None:
    data = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}The bill of \u8364?12 {\strike 11 }was paid.\par K\'f6ln{\v secret}.}"
    found = extraction.read(data)
    assert found.body == "The bill of €12 was paid.\n\nKöln."
    assert "One hidden passage was left out." in found.notes


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {
        "From": "Ana Ruiz <ana@port.example>",
        "To": "press@list.example",
        "Subject": "Puerto: 12 % más",
        "Date": "Tue, 03 Mar 2026 08:00:00 +0100",
    }.items():
        message[name] = headers.get(name, value)
    message.set_content("El tráfico creció un 12 %.\n\nNuevo récord.\n", cte="quoted-printable")
    return message


def test_an_email_is_decoded_and_names_its_attachments() -> None:
    message = mail()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="cifras.pdf")
    found = extraction.read(message.as_bytes())
    assert found.body.splitlines()[0] == "From: Ana Ruiz <ana@port.example>"
    assert "El tráfico creció un 12 %.\n\nNuevo récord." in found.body
    assert (found.title, found.authors, str(found.published_on)) == ("Puerto: 12 % más", ["Ana Ruiz"], "2026-03-03")
    assert "Attached and not read: cifras.pdf." in found.notes


def test_an_email_inside_an_email_is_read() -> None:
    outer = mail(Subject="Fwd")
    outer.add_attachment(mail(Subject="Inner one"))
    body = extraction.read(outer.as_bytes()).body
    assert "Attached e-mail:" in body
    assert "Subject: Inner one" in body


VTT = """WEBVTT - a title

NOTE made by hand

00:01.000 --> 00:03.000 align:start
<v Mayor>We will build
the <i>bridge</i>.

00:09.500 --> 00:12.000
It costs 4 million.

99:99:99 --> nothing
Broken times keep words.
"""


def test_subtitles_give_words_with_moments() -> None:
    found = extraction.read(VTT.encode(), name="a.vtt")
    assert found.body == "Mayor: We will build the bridge.\n\nIt costs 4 million. Broken times keep words."
    assert [place.locator for place in found.places] == ["00:00:01", "00:00:09"]
    assert any("1 captions" in note or "time that cannot be read" in note for note in found.notes)


def test_subrip_is_known_by_its_content() -> None:
    found = extraction.read(
        "1\n00:00:01,000 --> 00:00:02,000\nMerhaba.\n\n2\n00:00:02,100 --> 00:00:04,000\nHoş geldiniz.\n".encode()
    )
    assert found.body == "Merhaba. Hoş geldiniz."


def test_a_timed_transcript_keeps_its_times_as_locators() -> None:
    found = extraction.read(
        b"[00:00:05] HOST: Good evening.\n[00:01:12] GUEST: It rose by a third.\n[00:02:00] HOST: Thank you.\n"
    )
    assert [place.locator for place in found.places] == ["00:00:05", "00:01:12", "00:02:00"]
    assert found.body.startswith("HOST: Good evening.")


@pytest.mark.parametrize(
    "data",
    [
        b"{\\rtf1" + b"{" * 200_000,
        b"From: a\nTo: b\nSubject: c\nDate: d\n\n" + b"x" * 100_000,
        b"WEBVTT\n\n" + b"00:01 --> 00:02\n" * 50_000,
        b"%PDF-1.4" + b"(" * 500_000,
    ],
)
def test_hostile_files_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    with contextlib.suppress(ExtractionError):
        assert extraction.read(data).body


def test_an_author_longer_than_names_are_is_left_out() -> None:
    message = mail(From=f"{'A very long office name ' * 10} <a@b.example>")
    assert extraction.read(message.as_bytes()).authors == []
