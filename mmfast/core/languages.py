"""Which language codes are known: those a user may carry, and those the clients have texts in. No texts in here."""

import re
from typing import Final

SUPPORTED: Final = frozenset(
    (
        *("bg", "de", "en", "en-AU", "es", "fa", "fr", "hu", "it", "ja", "ko", "nl", "pl", "pt-BR", "ro", "ru", "sv"),
        *("tr", "uk", "vi", "zh-CN", "zh-TW"),
    )
)
"""The languages that the clients offer."""

_ISO_639_1: Final = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka
    kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl
    nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw
    ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_CODES: Final = frozenset(_ISO_639_1.split())
_FORM: Final = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z]{2})?")
_SUPPORTED_FOLDED: Final = frozenset(s.lower() for s in SUPPORTED)


def is_language(code: str) -> bool:
    """Whether a user may carry this code: none, a language, or a language with its country."""
    found = _FORM.fullmatch(code)
    return not code or (found is not None and found[1].lower() in _CODES)


def is_supported(code: str) -> bool:
    """Whether the clients have texts in this language."""
    return code.lower().replace("_", "-") in _SUPPORTED_FOLDED
