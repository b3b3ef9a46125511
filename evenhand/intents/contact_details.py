"""Contact details: what would identify a writer, found by shape alone; the last line after the reader's own care."""

import re
from collections.abc import Iterator

from evenhand.words.reading import Span

MARK = "[…]"
"""Stands where words were cut."""

_LONG_ENDS = "com|org|net|edu|gov|info|biz|name|shop|store|online|site|app|dev|xyz"
_SHORT_ENDS = (
    "me|io|co|ai|tv|ly|gg|eu|uk|ie|de|at|ch|fr|be|nl|lu|es|pt|it|pl|cz|sk|hu|ro|bg|gr|hr|si|rs|se|no|dk|fi|is|ee|lv|lt|"
    "ua|ru|tr|us|ca|mx|br|ar|cl|au|nz|jp|kr|cn|in"
)
_ENDS = f"(?i:{_LONG_ENDS})|{_SHORT_ENDS}|{_SHORT_ENDS.upper()}"
_AT = r"\s{0,3}(?:[@\uff20]|[(\[{]\s?at\s?[)\]}])\s{0,3}"
_DOT = r"\s{0,3}(?:[.\uff0e\u3002]|[(\[{]\s?(?:dot|punkt|punto)\s?[)\]}]|\sdot\s)\s{0,3}"
_BETWEEN_DIGITS = r"(?:[\s().\-\u2010\u2011\u2013\u2014/_\u00b7\u2022\u20e3\ufe0f]|\[…\]){0,4}"
_TO_THE_END = r"\S*[^\s.,;:!?)\]}]"
_DIGIT_WORD = r"(?:zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)"

_EMAIL = (
    rf"[\w.+%'-]{{1,64}}(?:{_AT}[\w-]{{1,63}}(?:{_DOT}[\w-]{{2,63}}){{1,4}}|\sat\s[\w-]{{1,63}}\sdot\s[\w-]{{2,63}})"
)
_HANDLE = r"(?<!\w)[@\uff20](?=\w*[^\W\d])\w{2,}[\w.-]*"
_LINK = rf"\b(?:(?:https?|ftp|mailto|tel|sms|whatsapp|tg|skype)\s?:\s?/{{0,2}}|www\s?\.\s?){_TO_THE_END}"
_DOMAIN = rf"(?<![\w@])(?:[\w-]{{1,63}}\.){{1,4}}(?:{_ENDS})(?!\w)(?:[/:?#]{_TO_THE_END})?"
_PHONE = rf"(?<!\d)(?:\+\s?)?[(\[]?\d(?:{_BETWEEN_DIGITS}\d){{6,}}[\u20e3\ufe0f]*"
_SPOKEN_PHONE = rf"\b{_DIGIT_WORD}(?:[\s,.-]{{1,3}}{_DIGIT_WORD}){{6,}}\b"
_POSTCODE_GB = r"\b[A-Za-z]{1,2}\d[A-Za-z\d]?\s{0,2}\d[A-Za-z]{2}\b"
_POSTCODE_CA = r"\b[A-Za-z]\d[A-Za-z][\s-]?\d[A-Za-z]\d\b"
_POSTCODE_IE = r"\b[A-Z](?:\d\d|6W)\s?(?=[A-Z\d]{0,3}[A-Z])[A-Z\d]{4}\b"
_POSTCODE_NL = r"\b[1-9]\d{3}\s?(?!SA|SD|SS|AD|BC|KG|MM|CM|GB|EU)[A-Z]{2}\b"
_POSTCODE_NAMED = r"\b(?i:PLZ|CAP|CP|zip(?:\s?code)?|post(?:al\s|\s)?code|code\spostal)\W{0,3}\d{4,6}(?:-\d{3,4})?\b"
_POSTCODE_US = r"\b\d{5}-\d{4}\b"

_DATE = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})"
_YEARS = r"(?:19|20)\d\d\s?[-\u2013/]\s?(?:19|20)\d\d"
_ROUND_AMOUNTS = r"[1-9]\d{1,4}0\s?[-\u2013]\s?[1-9]\d{1,5}0"
_NO_PHONE = re.compile(f"{_DATE}|{_YEARS}|{_ROUND_AMOUNTS}")
_PHONE_SHAPE = re.compile(_PHONE)
_SHAPES = (
    *(re.compile(shape, re.IGNORECASE) for shape in (_EMAIL, _LINK, _SPOKEN_PHONE)),
    *(re.compile(shape) for shape in (_HANDLE, _DOMAIN, _POSTCODE_GB, _POSTCODE_CA, _POSTCODE_IE)),
    *(re.compile(shape) for shape in (_POSTCODE_NL, _POSTCODE_NAMED, _POSTCODE_US)),
)


def contact_details(text: str) -> tuple[Span, ...]:
    """Where e-mail addresses, handles, links, phone numbers and full postcodes stand, rather too many than too few."""
    shapes = (Span(*found.span()) for shape in _SHAPES for found in shape.finditer(text))
    return (*shapes, *_phones(text))


def _phones(text: str) -> Iterator[Span]:
    """A date, some years or a range of round amounts is no phone number; with more digits round it, it is cut."""
    for found in _PHONE_SHAPE.finditer(text):
        if not _NO_PHONE.fullmatch(found.group()):
            yield Span(*found.span())
