"""Lays out a letter. Styles stand beside the elements, because mail readers drop style sheets."""

from html import escape
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from mmfast.features.delivery.mail_templates.types import Button, Letter
from mmfast.features.delivery.mails.types import Content
from mmfast.platform.config.model import Config

_BODY: Final = "margin:0;padding:24px;background:#f4f5f7;font-family:Helvetica,Arial,sans-serif;color:#2b2f36"
_CARD: Final = "max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border-radius:8px"
_TITLE: Final = "margin:0 0 16px;font-size:22px"
_HEADING: Final = "margin:24px 0 8px;font-size:16px"
_TEXT: Final = "margin:0 0 16px;font-size:15px;line-height:1.5"
_LINK: Final = "color:#1c58d9"
_BUTTON: Final = (
    "display:inline-block;padding:12px 24px;background:#1c58d9;color:#ffffff;border-radius:4px;text-decoration:none"
)
_QUOTE: Final = "margin:0 0 16px;padding:8px 16px;border-left:4px solid #d5d9e0;font-size:15px;line-height:1.5"
_NOTE: Final = "margin:16px 0 0;font-size:12px;color:#6b7280"

_DEFAULT_SITE: Final = "http://localhost:8065"
"""Where nothing is configured, only people at this machine can follow links."""


def site_url(config: Config) -> str:
    """Where links lead: the configured address, never one that a request claims."""
    return config.ServiceSettings.SiteURL.rstrip("/") or _DEFAULT_SITE


def site_host(config: Config) -> str:
    """The site's host and port, as people write it."""
    return urlsplit(site_url(config)).netloc


def lay_out(config: Config, letter: Letter) -> Content:
    """The letter in both forms, with the organisation that sends it underneath, where that is configured."""
    organisation = config.EmailSettings.FeedbackOrganization.strip()
    if organisation:
        letter = replace(letter, notes=[*letter.notes, organisation])
    return Content(" ".join(letter.subject.split()), _html(letter), _text(letter))


def _html(letter: Letter) -> str:
    parts = [f'<h1 style="{_TITLE}">{_lines(letter.title)}</h1>']
    if letter.site:
        host = escape(urlsplit(letter.site).netloc)
        parts.append(f'<p style="{_TEXT}"><a style="{_LINK}" href="{escape(letter.site)}">{host}</a></p>')
    parts += [f'<p style="{_TEXT}">{_lines(paragraph)}</p>' for paragraph in letter.paragraphs]
    if letter.quote:
        parts.append(f'<blockquote style="{_QUOTE}">{_lines(letter.quote)}</blockquote>')
    for excerpt in letter.excerpts:
        parts.append(f'<h2 style="{_HEADING}">{_lines(excerpt.title)}</h2>')
        if excerpt.quote:
            parts.append(f'<blockquote style="{_QUOTE}">{_lines(excerpt.quote)}</blockquote>')
        parts.append(_link(excerpt.button, _LINK))
    if letter.button is not None:
        parts.append(_link(letter.button, _BUTTON))
    parts += [f'<p style="{_NOTE}">{_lines(note)}</p>' for note in letter.notes]
    inner = "\n".join(parts)
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>\n'
        f'<body style="{_BODY}"><div style="{_CARD}">\n{inner}\n</div></body></html>\n'
    )


def _link(button: Button, style: str) -> str:
    label, address = escape(button.label), escape(button.address)
    return f'<p style="{_TEXT}"><a style="{style}" href="{address}">{label}</a></p>'


def _text(letter: Letter) -> str:
    parts = [letter.title]
    if letter.site:
        parts.append(letter.site)
    parts += letter.paragraphs
    if letter.quote:
        parts.append(_quoted(letter.quote))
    for excerpt in letter.excerpts:
        parts.append(excerpt.title)
        if excerpt.quote:
            parts.append(_quoted(excerpt.quote))
        parts.append(f"{excerpt.button.label}:\n{excerpt.button.address}")
    if letter.button is not None:
        parts.append(f"{letter.button.label}:\n{letter.button.address}")
    if letter.notes:
        parts.append("-- \n" + "\n".join(letter.notes))
    return "\n\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.splitlines())


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
