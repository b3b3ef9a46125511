"""Words that matching may go by: those that name kinds of things, and those that several parties have said here.

Else a vendor could want one rare word after the other, a name or an illness, and learn who says it before any terms
stand between them.
"""

from django.db.models import Count
from django.utils.crypto import salted_hmac

from evenhand_server.intents.models import WordSaid
from evenhand_server.words.sources import kinds_of_words

FEWEST_PARTIES = 5
"""A word that fewer parties have said may mean one of them."""


def said_by_many(words: frozenset[str]) -> frozenset[str]:
    """Those of the words that enough parties have said, or that stand for a kind of thing and so for nobody."""
    known = words & kinds_of_words()
    digests = {digest_of(word): word for word in words - known}
    counted = WordSaid.objects.filter(word__in=digests).values("word").annotate(parties=Count("id"))
    enough = counted.filter(parties__gte=FEWEST_PARTIES).values_list("word", flat=True)
    return known | {digests[digest] for digest in enough}


def digest_of(*parts: str) -> str:
    """A keyed digest of a word, or of a word and a party."""
    return salted_hmac("evenhand.words_said", "\0".join(parts), algorithm="sha256").hexdigest()
