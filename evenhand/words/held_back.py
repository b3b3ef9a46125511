"""What would identify the writer: e-mail, phone, address of a page, full postcode, street, name, signature."""

import re
from collections.abc import Iterator, Sequence

from evenhand.words.reading import HeldBack
from evenhand.words.text import Text, spell_out

_EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\])\s?[\w-]{2,63}){1,3}"
)
_URL = re.compile(
    r"(?:https?://|www\.)[^\s,;)]{3,300}"
    r"|(?<![\w@.])[a-z0-9-]{2,63}\.(?:com|net|org|co\.uk|de|fr|es|io|me|info|eu|at|ch|nl|be|ie|uk)(?:/[^\s,;)]{0,300})?(?![\w.])"
)
_HANDLE = re.compile(r"(?<![\w@])@[a-z0-9_.]{3,30}")
_POSTCODE = re.compile(r"(?<!\w)[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}(?!\w)")
_PHONE = re.compile(r"(?<![\w.,£$€/-])(?:\+|00|\(0?|0)?\d[\d ()./-]{6,18}\d(?![\w€$£%])")
_PHONE_CUE = re.compile(
    r"(?:call|phone|tel|telephone|mobile|text|whatsapp|ring|handy|telefon|telefono|movil|portable)\W{0,4}(?:\w+\W+){0,2}$"
)
_NORTH_AMERICAN = re.compile(r"\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}")
_STREET = re.compile(
    r"(?<![\w£$€-])\d{1,4}[a-z]?,?\s(?:[a-z'-]+\s){1,3}(?:street|road|avenue|lane|drive|close|crescent|terrace|grove|gardens|court|st|rd|ave)(?!\w)"
    r"|(?<!\w)[a-z-]{3,30}(?:strasse|str\.|weg|gasse|allee|platz)\s\d{1,4}[a-z]?(?!\w)"
    r"|(?<![\w-])\d{1,4},?\s(?:bis\s|ter\s)?(?:rue|avenue|boulevard|impasse|chemin|place)\s(?:[a-z'-]+\s?){1,4}"
    r"|(?<!\w)(?:calle|c/|avenida|avda\.|paseo|plaza)\s(?:[a-z'-]+\s){1,4}(?:n\W{0,2})?\d{1,4}(?!\w)"
)
_SIGNATURE = re.compile(
    r"(?:^|\n|[.!?,]\s+)(?:(?:many |kind |best |warm )?(?:thanks|thank you|regards|wishes|cheers|yours|best)"
    r"|yours sincerely"
    r"|(?:mit freundlichen|viele|liebe|beste) gruss?e?n?|cordialement|bien a vous|merci|saludos|atentamente|un saludo"
    r"|gracias)"
    r"[,.!]?[ \n-]+(?P<name>[^\W\d_][\w'-]+(?: [^\W\d_][\w.'-]*){0,2})\W*$"
    r"|(?P<named>(?<=my name is )[\w'-]+(?: (?!and\b|i\b|from\b)[\w'-]+)?|(?<=ich heisse )[\w'-]+(?: [\w'-]+)?"
    r"|(?<=je m'appelle )[\w'-]+(?: [\w'-]+)?|(?<=me llamo )[\w'-]+(?: [\w'-]+)?)"
)
_NOT_NAMES = frozenset(
    [
        "you",
        "all",
        "again",
        "everyone",
        "advance",
        "help",
        "in",
        "a",
        "for",
        "und",
        "y",
        "et",
        "im",
        "so",
        "very",
        "much",
        "it",
        "lot",
        "everybody",
        "folks",
        "guys",
    ]
)


def find_held_back(text: Text, own: Sequence[str] = ()) -> tuple[HeldBack, ...]:
    """Everything that would tell who writes; ``own`` are the account's own name, street and the like."""
    found = sorted(set(_found(text, own)), key=lambda one: (one[1], -one[2], one[0]))
    kept: list[tuple[str, int, int]] = []
    for one in found:
        if not kept or one[1] >= kept[-1][2]:
            kept.append(one)
    return tuple(HeldBack(kind, text.span(start, end)) for kind, start, end in kept)


def _found(text: Text, own: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in (
        ("email", _EMAIL),
        ("url", _URL),
        ("url", _HANDLE),
        ("postcode", _POSTCODE),
        ("street", _STREET),
    ):
        yield from ((kind, *found.span()) for found in pattern.finditer(text.plain))
    yield from (("phone", *found.span()) for found in _PHONE.finditer(text.plain) if _is_phone(text, found))
    yield from (("signature", *span) for span in _signatures(text))
    yield from ((_kind_of(words), *span) for words in own for span in _own(text, words))


def _is_phone(text: Text, found: re.Match[str]) -> bool:
    """Enough digits, and written as phones are or after a word such as "call"."""
    said = found[0]
    count = sum(letter.isdigit() for letter in said)
    if not 8 <= count <= 15 or re.fullmatch(r"\d{1,3}(?:[ .,]\d{3})+|20\d\d-\d\d-\d\d.*|\d\d?[./]\d\d?[./]\d{4}", said):
        return False
    is_written_so = (said.startswith(("+", "0", "(")) and count >= 9) or bool(_NORTH_AMERICAN.fullmatch(said))
    return is_written_so or bool(_PHONE_CUE.search(text.plain, max(0, found.start() - 30), found.start()))


def _signatures(text: Text) -> Iterator[tuple[int, int]]:
    for found in _SIGNATURE.finditer(text.plain):
        group = "name" if found["name"] else "named"
        start, end = found.span(group)
        if text.shown[start].isupper() and not set(found[group].split()) & _NOT_NAMES:
            yield start, end


def _kind_of(words: str) -> str:
    """What the account's own words are, as far as they look like it."""
    has_letters, has_digits = any(map(str.isalpha, words)), any(map(str.isdigit, words))
    if "@" in words:
        return "email"
    if has_digits and not has_letters:
        return "phone"
    if _POSTCODE.fullmatch(spell_out(words)):
        return "postcode"
    return "street" if has_digits and " " in words.strip() else "name"


def _own(text: Text, words: str) -> Iterator[tuple[int, int]]:
    """The account's own words wherever they stand as a whole; whether parts of them tell as much, the caller knows."""
    name = " ".join(spell_out(words).split())
    if len(name) >= 3:
        pattern = re.escape(name).replace(r"\ ", r"[\s,]+")
        yield from (found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text.plain))
