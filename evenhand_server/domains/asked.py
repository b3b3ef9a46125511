"""What a claim asks to be sent back or put into DNS; it follows from the claim's random id and this server's key."""

from django.utils.crypto import salted_hmac

from evenhand_server.domains.models import DomainClaim

CODE_DIGITS = 6
RECORD_NAME = "_evenhand"


def code_of(claim: DomainClaim) -> str:
    """The code that is mailed: six digits, nowhere kept."""
    number = int(salted_hmac("evenhand.domain_code", claim.public_id, algorithm="sha256").hexdigest(), 16)
    return f"{number % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def record_of(claim: DomainClaim) -> str:
    """The text of the DNS record."""
    return f"evenhand={salted_hmac('evenhand.domain_record', claim.public_id, algorithm='sha256').hexdigest()[:32]}"


def place_of(claim: DomainClaim) -> str:
    """Where in DNS it must stand."""
    return f"{RECORD_NAME}.{claim.domain}"
