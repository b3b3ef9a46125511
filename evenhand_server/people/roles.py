"""Who may do what: one table, role by action."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is for a party."""

    SELF = "self"
    STEWARD = "steward"
    BUYER = "buyer"
    APPROVER = "approver"
    SELLER = "seller"
    SUPPORT = "support"
    GUEST = "guest"


class Act(StrEnum):
    """What can be done for a party; reading what it has is open to all its members."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    ASK = "ask"
    ANSWER_COUNTER = "answer_counter"
    ACCEPT_OFFER = "accept_offer"
    DISCLOSE = "disclose"
    STAND_READY = "stand_ready"
    ANSWER_TERMS = "answer_terms"
    MAKE_OFFER = "make_offer"
    GO_ON = "go_on"
    KEEP_DETAILS = "keep_details"
    KEEP_MEMBERS = "keep_members"
    KEEP_KEYS = "keep_keys"
    BLOCK = "block"
    REPORT = "report"
    MAKE_TOKEN = "make_token"  # noqa: S105 - the name of an act, not a password


COME_BY_THEMSELVES = frozenset({Role.SELF, Role.GUEST})
"""Nobody is let in as these: one comes with an account, the other with an invitation."""
SAFETY = frozenset({Act.BLOCK, Act.REPORT})
BUYING = frozenset({Act.PUBLISH, Act.WITHDRAW, Act.ASK, Act.ANSWER_COUNTER}) | SAFETY
APPROVING = frozenset({Act.ACCEPT_OFFER, Act.DISCLOSE, Act.GO_ON, Act.ASK, Act.ANSWER_COUNTER}) | SAFETY
SELLING = frozenset({Act.STAND_READY, Act.ANSWER_TERMS, Act.MAKE_OFFER, Act.ASK, Act.GO_ON}) | SAFETY

MAY: dict[Role, frozenset[Act]] = {
    Role.SELF: frozenset(Act) - {Act.KEEP_MEMBERS},
    Role.STEWARD: frozenset(Act),
    Role.BUYER: BUYING | {Act.MAKE_TOKEN},
    Role.APPROVER: APPROVING | {Act.MAKE_TOKEN},
    Role.SELLER: SELLING | {Act.MAKE_TOKEN},
    Role.SUPPORT: frozenset({Act.ASK, Act.REPORT}),
    Role.GUEST: frozenset({Act.ANSWER_TERMS, Act.MAKE_OFFER, Act.ASK}) | SAFETY,
}
