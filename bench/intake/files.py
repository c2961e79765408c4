"""PDF, OpenDocument, RTF, e-mail, subtitles and transcripts for ``make bench-intake``."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from typing import TYPE_CHECKING

from bench.documents import opendocument as odf
from bench.documents.pdf import pdf
from bench.intake.word import cut, shown

if TYPE_CHECKING:
    from bench.intake.cases import Built, Report


def _pdf(report: Report) -> Built:
    """Three pages, one of them without text."""
    return pdf(report.first, "", report.third, is_unicode=True), shown(report.first, report.third), ("no text",)


def _pdf_latin(report: Report) -> Built:
    """Lines of a column, a word divided at the end of one."""
    words = report.second.split(" ")
    lines = "\n".join([" ".join(words[:8]), " ".join(words[8:])])
    return pdf(report.first, lines), shown(report.first, report.second), ()


def _odt(report: Report) -> Built:
    head, word, tail = cut(report.second)
    data = odf.odt(
        odf.deletion(report.place)
        + odf.paragraph(report.first + odf.note("1", report.footnote))
        + odf.paragraph(f"{head}{odf.span('S', word)}{tail}")
        + odf.row(report.place, "84", "84")
        + odf.paragraph(f"31{odf.span('U', '2')} {report.third}")
    )
    text = shown(
        f"{report.first} [1]",
        f"{head}{tail}",
        f"{report.place}\t84\t84",
        f"31² {report.third}",
        f"[1] {report.footnote}",
    )
    return data, text, ("deletion", "struck-through")


def _rtf(report: Report) -> Built:
    def escaped(text: str) -> str:
        return "".join(letter if letter.isascii() else f"\\u{_signed(ord(letter))}?" for letter in text)

    head, word, tail = cut(report.second)
    source = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}"
        rf"{escaped(report.first)}\par {escaped(head)}{{\strike {escaped(word)}}}{escaped(tail)}"
        rf"{{\v {escaped(report.footnote)}}}\par {escaped(report.third)}}}"
    )
    text = shown(report.first, f"{head}{tail}", report.third)
    return source.encode("ascii"), text, ("struck-through", "hidden")


def _signed(code: int) -> int:
    """RTF writes code units as signed 16-bit numbers."""
    return code - 65536 if code > 32767 else code


def _message(report: Report) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ada Berg <ada@press.example>"
    message["To"] = "desk@news.example"
    message["Subject"] = report.title
    message["Date"] = "Mon, 02 Mar 2026 09:30:00 +0100"
    message.set_content(f"{report.first}\n\n{report.second}\n", cte="quoted-printable")
    return message


def _headers(report: Report) -> str:
    return "\n".join(
        [
            "From: Ada Berg <ada@press.example>",
            "To: desk@news.example",
            "Date: Mon, 02 Mar 2026 09:30:00 +0100",
            f"Subject: {report.title}",
        ]
    )


def _mail(report: Report) -> Built:
    message = _message(report)
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="figures.pdf")
    return message.as_bytes(), shown(_headers(report), report.first, report.second), ("figures.pdf",)


def _mail_in_mail(report: Report) -> Built:
    outer = _message(report)
    outer.add_attachment(_message(report))
    one = shown(_headers(report), report.first, report.second)
    return outer.as_bytes(), shown(one, "Attached e-mail:", one), ()


def _mail_of_html(report: Report) -> Built:
    message = _message(report)
    message.set_content(f"<p>{report.first} 10<sup>6</sup></p><p>{report.second}</p>", subtype="html", cte="base64")
    return message.as_bytes(), shown(_headers(report), f"{report.first} 10⁶", report.second), ()


def subtitles(report: Report) -> Built:
    """A SubRip file with three captions and a pause after the first."""
    captions = [(1, report.first), (20, report.second), (26, report.third)]
    source = "".join(
        f"{number}\n00:00:{begins:02d},000 --> 00:00:{begins + 5:02d},500\n{text}\n\n"
        for number, (begins, text) in enumerate(captions, 1)
    )
    return source.encode(), shown(report.first, f"{report.second} {report.third}"), ("kept as locators",)


def _web_subtitles(report: Report) -> Built:
    source = (
        f"WEBVTT - x\n\nNOTE by hand\n\n00:01.000 --> 00:05.000 align:start\n<v {report.place}>{report.first}\n\n"
        f"99:99:99 --> nothing\n{report.second}\n"
    )
    return source.encode(), f"{report.place}: {report.first} {report.second}", ("cannot be read",)


def _transcript(report: Report) -> Built:
    sentences = (report.first, report.second, report.third)
    source = "\n".join(f"[00:0{minute}:12] {text}" for minute, text in enumerate(sentences))
    return source.encode(), shown(*sentences), ()


def _broken_byte(report: Report) -> Built:
    data = shown(report.first, f"{report.second} X", report.third).encode().replace(b" X", b" \xe9")
    return data, shown(report.first, f"{report.second} \ufffd", report.third), ("could not be read",)


CONSTRUCTS: dict[str, Callable[[Report], Built]] = {
    "pdf / ru": _pdf,
    "pdf / zh": _pdf,
    "pdf / hy": _pdf,
    "pdf with broken lines / de": _pdf_latin,
    "pdf with broken lines / es": _pdf_latin,
    "opendocument / uk": _odt,
    "opendocument / fr": _odt,
    "opendocument / ar": _odt,
    "rich text / tr": _rtf,
    "rich text / ru": _rtf,
    "rich text / ja": _rtf,
    "e-mail / es": _mail,
    "e-mail / az": _mail,
    "e-mail in an e-mail / de": _mail_in_mail,
    "e-mail of HTML / hy": _mail_of_html,
    "WebVTT / en": _web_subtitles,
    "WebVTT / ar": _web_subtitles,
    "transcript / fr": _transcript,
    "transcript / tr": _transcript,
    "text with a broken byte / ru": _broken_byte,
}
