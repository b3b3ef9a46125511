"""Who gets which answer from which page, as it should be: declared here for each address, tried cell by cell."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evenhand_server.people.roles import MAY, Act, Role
from tests.authorisation import ASKER, EITHER, EVERYBODY, MEMBERS, NO, OPEN, STATES, VENDOR, Who

GUESTS = "guest"
"""One more state: the dealing of a seller who came by a personal link and gave the code."""
PLAIN = {200: "shown", 204: "done", 403: "refused", 404: "absent", 405: "no form", 409: "too late", 422: "wrong"}
"""What a status means; a 302 leads to the door (``sign in``), on after something was ``done``, or just on (``led``)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may see what a page is about; which act it is, of which side; the answer, and where it is another."""

    sees: frozenset[Who] = MEMBERS
    answer: str = "shown"
    act: Act | Mapping[Who, Act] | None = None
    does: frozenset[Who] = EVERYBODY
    but: Mapping[str, str] = field(default_factory=dict)
    first: Mapping[str, str] = field(default_factory=dict)
    """In these states so for every role: the page looks at what there is before it asks who may."""
    without: str = "refused"
    """What somebody is answered whose role may not."""
    guest: str = ""
    """What a guest is answered on their own dealing, where it is not what another vendor is answered."""
    people: str = ""
    """What somebody is answered who acts for nobody but themself."""
    outside: str = ""
    """What is answered to who is not signed in."""
    seats: Mapping[tuple[Who, Role], str] = field(default_factory=dict)
    """What these are answered, for a reason of their own."""

    def expected(self, who: Who, role: Role, state: str) -> str:
        """The answer of one cell: who it is, what there is to see, the role, the side, the state."""
        if who not in self.sees:
            return "absent"
        if (who, role) in self.seats:
            return self.seats[who, role]
        if self.people and role == Role.SELF:
            return self.people
        if state in self.first:
            return self.first[state]
        act = self.act.get(who) if isinstance(self.act, Mapping) else self.act
        if act is not None and act not in MAY[role]:
            return self.without
        return self.but.get(state, self.answer) if who in self.does else "absent"


@dataclass(frozen=True, slots=True)
class Page:
    """What looking at an address answers, and what its form does; none where there is no such thing."""

    look: Rule | None = None
    form: Rule | None = None
    is_open: bool = False
    """It asks nobody to sign in."""

    def expected(self, method: str, who: Who, role: Role, state: str, *, on_dealing: bool) -> str:
        """The answer of one cell; on a guest's dealing the guest is the vendor, and the vendor a stranger."""
        rule = self.look if method == "GET" else self.form
        is_theirs = on_dealing and state == GUESTS
        seen_as = {Who.GUEST: Who.VENDOR, Who.VENDOR: Who.RIVAL}.get(who, who) if is_theirs else who
        if seen_as in {Who.NOBODY, Who.GUEST} and not self.is_open:
            return "sign in"
        if rule is None:
            return "no form"
        if who == Who.GUEST and state == GUESTS and rule.guest:
            return rule.guest
        if seen_as in {Who.NOBODY, Who.GUEST} and rule.outside:
            return rule.outside
        known = {*rule.but, *rule.first}
        return rule.expected(seen_as, role, state if state in known or state != GUESTS else "asked")


def only(*states: str, other: str = "too late") -> dict[str, str]:
    """In these states the usual answer, in all others this one."""
    return {state: other for state in STATES if state not in states}


WORDS = {404: "absent", 409: "too late"}
STILL_OPEN = {state: WORDS[status] for state, status in OPEN.items()}
AGREED = ("agreed", "offered", "done", "together")
LET_IN = only(*AGREED)
NOBODY_BUT: frozenset[Who] = frozenset()
TOM, OLIVE = frozenset({Who.STRANGER}), frozenset({Who.OPERATOR})
ANYBODY = Rule(EVERYBODY)
NOT_HERE = Rule(NOBODY_BUT)
BY_LINK = dict.fromkeys(STATES, "absent")
"""Only the link of the guest is a personal one; the others are to pass on, and nobody followed them here."""
NO_LINK = {GUESTS: "absent"}
READ = Page(Rule())
SAY_OF_ONESELF = Rule(answer="done", act=Act.KEEP_DETAILS)
ANNOUNCE = Rule(ASKER, "done", Act.PUBLISH)
INVITE = Rule(ASKER, "done", Act.PUBLISH, but=STILL_OPEN)
DOCUMENT = Page(ANYBODY, is_open=True)
KEEP_KEYS = Rule(answer="done", act=Act.KEEP_KEYS)
CHANGE_KEY = Rule(answer="done", act=Act.KEEP_KEYS, seats={(Who.OPERATOR, Role.SELF): "too late"})
"""Olive's is being changed already."""
LAST_STEWARDS = {(who, Role.STEWARD): "too late" for who in EITHER}
"""Others act for their organisation still, and nobody but they could let anybody in."""
OPERATORS = Page(Rule(OLIVE), Rule(OLIVE, "done"))
COME_IN = Page(Rule(EVERYBODY, "led", outside="shown"), Rule(EVERYBODY, "led", outside="done"), is_open=True)


def drafted(answer: str) -> Page:
    """A form of Tom's draft, which nobody else finds, signed in or not."""
    return Page(form=Rule(TOM, answer), is_open=True)


OF_ASKERS: dict[str, Page] = {
    "home": Page(ANYBODY, is_open=True),
    "intents:list": READ,
    "intents:reading": Page(form=ANYBODY, is_open=True),
    "intents:begin": Page(form=Rule(EVERYBODY, "done"), is_open=True),
    "intents:draft": Page(Rule(TOM), Rule(TOM, "done"), is_open=True),
    "intents:reword": drafted("done"),
    "intents:answer": drafted("done"),
    "intents:another": drafted("done"),
    "intents:discard": drafted("done"),
    "intents:publish": Page(form=Rule(TOM, "done", Act.PUBLISH)),
    "intents:withdraw": Page(form=Rule(ASKER, "done", Act.WITHDRAW, but=STILL_OPEN)),
    "matching:preview": Page(Rule(TOM), is_open=True),
    "matching:sellers": drafted("shown"),
    "offers:intent": Page(Rule(ASKER)),
    "offers:compare": Page(Rule(ASKER)),
    "offers:let_hear": Page(form=Rule(ASKER, "led", Act.PUBLISH, but=STILL_OPEN | NO_LINK)),
    "offers:accept": Page(
        Rule(ASKER, but=only("offered", "done", "together", other="absent"), guest="absent"),
        Rule(
            ASKER,
            "done",
            Act.ACCEPT_OFFER,
            but=only("offered"),
            first=only("offered", "done", "together", other="absent"),
            guest="absent",
        ),
    ),
    "terms:answer_counter": Page(form=Rule(EITHER, "too late", Act.ANSWER_COUNTER, ASKER)),
    "terms:disclose": Page(form=Rule(EITHER, "done", Act.DISCLOSE, ASKER, LET_IN)),
    "terms:revoke": Page(
        form=Rule(EITHER, "done", Act.DISCLOSE, ASKER, only("done", "together", other="absent"), guest="refused")
    ),
    "terms:revoke_all": Page(
        form=Rule(EITHER, "done", Act.DISCLOSE, ASKER, first=only("done", "together", other="led"), guest="led")
    ),
    "terms:revoke_agreement": Page(
        Rule(ASKER, act=Act.DISCLOSE, without="absent", but=only(*AGREED, other="absent"), guest="absent"),
        Rule(EITHER, "done", Act.DISCLOSE, ASKER, LET_IN),
    ),
    "terms:disclosures": READ,
    "relationships:go_on": Page(
        form=Rule(EITHER, "done", Act.GO_ON, ASKER, only("done"), people="absent", guest="led")
    ),
    "keys:dealing_key": Page(
        Rule(ASKER, guest="absent"),
        Rule(ASKER, "done", Act.KEEP_KEYS, but={"withdrawn": "too late"}, guest="absent"),
    ),
}

OF_INVITERS: dict[str, Page] = {
    "invitations:lists": Page(Rule(), Rule(answer="done", act=Act.PUBLISH)),
    "invitations:sheet": Page(Rule(ASKER), ANNOUNCE),
    "invitations:list": Page(Rule(ASKER), ANNOUNCE),
    "invitations:rename": Page(form=ANNOUNCE),
    "invitations:remove_list": Page(form=ANNOUNCE),
    "invitations:supplier": Page(Rule(ASKER), ANNOUNCE),
    "invitations:remove_supplier": Page(form=ANNOUNCE),
    "invitations:intent": Page(Rule(ASKER), INVITE),
    "invitations:known": Page(form=INVITE),
    "invitations:public_link": Page(
        form=Rule(ASKER, "led", Act.PUBLISH, but=STILL_OPEN | {GUESTS: "done"}),
    ),
    "invitations:qr": Page(Rule(ASKER, but=NO_LINK)),
    "invitations:revoke_public": Page(form=Rule(ASKER, "done", Act.PUBLISH, first=NO_LINK)),
    "invitations:revoke": Page(form=ANNOUNCE),
    "invitations:mail_again": Page(form=INVITE),
}

OF_GUESTS: dict[str, Page] = {
    "invitations:link": Page(Rule(EVERYBODY, "led"), is_open=True),
    "invitations:at": Page(Rule(NOBODY_BUT, guest="shown"), is_open=True),
    "invitations:code": Page(form=Rule(NOBODY_BUT, guest="done"), is_open=True),
    "invitations:entry": Page(form=Rule(NOBODY_BUT, guest="wrong"), is_open=True),
    "invitations:own_link": Page(form=NOT_HERE, is_open=True),
    "invitations:silence": Page(form=Rule(NOBODY_BUT, guest="done"), is_open=True),
    "invitations:leave": Page(form=Rule(EVERYBODY, "led"), is_open=True),
    "invitations:silence_from_mail": Page(
        Rule(EVERYBODY, "led", first=BY_LINK | {GUESTS: "led"}),
        Rule(EVERYBODY, "done", first=BY_LINK | {GUESTS: "done"}),
        is_open=True,
    ),
    "invitations:name": Page(form=Rule(NOBODY_BUT, guest="done"), is_open=True),
    "invitations:account": Page(Rule(NOBODY_BUT, guest="shown"), Rule(NOBODY_BUT, guest="done"), is_open=True),
}

OF_SELLERS: dict[str, Page] = {
    "interests:list": Page(Rule(), Rule()),
    "interests:stand_ready": Page(form=Rule(answer="done", act=Act.STAND_READY)),
    "interests:standing_terms": Page(form=Rule(answer="done", act=Act.ANSWER_TERMS)),
    "interests:edit": Page(Rule(VENDOR), Rule(VENDOR, "done", Act.STAND_READY)),
    "interests:retire": Page(form=Rule(VENDOR, "done", Act.STAND_READY)),
    "offers:inbox": READ,
    "offers:plainer_words": Page(form=Rule()),
    "offers:offer": Page(
        Rule(VENDOR, but=only("agreed", "offered", other="led")),
        Rule(VENDOR, "done", Act.MAKE_OFFER, first=only("agreed", "offered", other="led")),
    ),
    "offers:withdraw": Page(
        form=Rule(EITHER, "done", Act.MAKE_OFFER, VENDOR, only("offered") | {"asked": "absent", "agreed": "absent"})
    ),
    "terms:answer": Page(form=Rule(EITHER, "done", Act.ANSWER_TERMS, VENDOR, only("asked"))),
    "relationships:changes": Page(Rule(), KEEP_KEYS),
    "domains:domain": Page(Rule(), SAY_OF_ONESELF),
    "domains:code": Page(form=NOT_HERE),
    "domains:record": Page(form=NOT_HERE),
    "domains:remove": Page(form=SAY_OF_ONESELF),
    "published:own": Page(Rule(), Rule()),
    "published:organisation": DOCUMENT,
    "published:well_known_terms": DOCUMENT,
    "published:well_known_terms_bare": DOCUMENT,
    "published:well_known_key": DOCUMENT,
    "published:terms": DOCUMENT,
    "published:terms_bare": DOCUMENT,
    "published:key": DOCUMENT,
}

OF_BOTH: dict[str, Page] = {
    "relationships:dealing": Page(Rule(EITHER)),
    "relationships:bundle": Page(Rule(EITHER, but={"asked": "absent", "withdrawn": "absent"})),
    "relationships:agreements": READ,
    "relationships:list": READ,
    "relationships:one": Page(Rule(EITHER, but=only("together", other="absent"))),
    "relationships:verify": Page(ANYBODY, ANYBODY, is_open=True),
    "offers:ask": Page(form=Rule(EITHER, "done", Act.ASK, but=LET_IN)),
    "offers:attachment": Page(Rule(NOBODY_BUT)),
    "dealings:decline": Page(form=Rule(EITHER, "done", NO, EITHER, STILL_OPEN)),
    "terms:list": Page(ANYBODY, is_open=True),
    "terms:one": Page(ANYBODY, is_open=True),
    "safety:block": Page(Rule(EITHER), Rule(EITHER, "done", Act.BLOCK)),
    "safety:report": Page(Rule(EITHER), Rule(EITHER, "done", Act.REPORT)),
    "safety:blocks": READ,
    "safety:unblock": Page(form=Rule(answer="done", act=Act.BLOCK, does=NOBODY_BUT)),
    "safety:reports": READ,
    "safety:one": Page(Rule(VENDOR), Rule(VENDOR, "too late", Act.REPORT)),
    "keys:list": Page(Rule(), CHANGE_KEY),
    "keys:rotation": Page(form=CHANGE_KEY),
    "keys:change": Page(Rule(OLIVE), Rule(answer="too late", act=Act.KEEP_KEYS, does=OLIVE)),
    "keys:statement": Page(Rule(OLIVE)),
    "keys:cancellation": Page(form=Rule(answer="done", act=Act.KEEP_KEYS, does=OLIVE)),
    "keys:signature": Page(NOT_HERE, Rule(act=Act.KEEP_KEYS, does=NOBODY_BUT)),
    "keys:record": Page(NOT_HERE),
}

OF_ONESELF: dict[str, Page] = {
    "people:switch": Page(form=NOT_HERE),
    "people:details": Page(Rule(), SAY_OF_ONESELF),
    "people:preferences": Page(Rule(), SAY_OF_ONESELF),
    "people:person": Page(form=Rule(answer="done")),
    "people:organisations": Page(Rule(), Rule(answer="done")),
    "people:members": Page(Rule(people="led"), Rule(answer="done", act=Act.KEEP_MEMBERS, people="led")),
    "people:end_membership": Page(form=Rule(answer="done", act=Act.KEEP_MEMBERS, does=ASKER)),
    "people:tokens": Page(Rule(), Rule(act=Act.MAKE_TOKEN)),
    "people:revoke_token": Page(form=Rule(TOM, "done")),
    "purpose:list": Page(Rule(), SAY_OF_ONESELF),
    "purpose:remove": Page(form=Rule(answer="done", act=Act.KEEP_DETAILS, does=ASKER)),
    "news:list": READ,
    "news:see_all": Page(form=Rule(answer="done")),
    "news:mail": Page(Rule(), Rule(answer="done")),
    "news:try_mailbox": Page(form=Rule(answer="led")),
    "news:confirm_mailbox": Page(form=Rule(answer="led")),
    "news:feed_address": Page(form=Rule()),
    "news:end_feed": Page(form=Rule(answer="done")),
    "news:feed": Page(ANYBODY, is_open=True),
    "news:stop": Page(ANYBODY, ANYBODY, is_open=True),
    "account:me": READ,
    "account:journal": READ,
    "account:export": READ,
    "account:erase": Page(Rule(), Rule(answer="done", seats=LAST_STEWARDS)),
    "account:erase_guest": Page(Rule(NOBODY_BUT, guest="shown"), Rule(NOBODY_BUT, guest="done"), is_open=True),
    "account:erased": Page(ANYBODY, is_open=True),
    "account:about": Page(ANYBODY, is_open=True),
}

OF_OPERATORS: dict[str, Page] = {
    "safety:queue": Page(Rule(OLIVE)),
    "safety:decide": OPERATORS,
    "directory:list": OPERATORS,
    "directory:one": OPERATORS,
    "directory:undo": Page(form=Rule(OLIVE, "done")),
    "directory:leave": Page(ANYBODY, ANYBODY, is_open=True),
    "market:setup": Page(Rule(OLIVE), Rule(OLIVE, "done"), is_open=True),
    "market:become_operator": Page(form=Rule(OLIVE, "led", outside="sign in"), is_open=True),
    "market:try_mail": Page(form=Rule(OLIVE, "led")),
    "market:confirm_mail": Page(form=Rule(OLIVE, "led")),
    "market:failures": Page(Rule(OLIVE)),
    "market:settle_failure": Page(form=NOT_HERE),
    "market:enter": Page(NOT_HERE, is_open=True),
}

OF_ACCOUNTS: dict[str, Page] = {
    "account_login": COME_IN,
    "account_signup": COME_IN,
    "account_logout": Page(Rule(EVERYBODY, outside="led"), Rule(EVERYBODY, "led"), is_open=True),
    "account_reset_password": Page(ANYBODY, Rule(EVERYBODY, "led"), is_open=True),
    "account_reset_password_done": DOCUMENT,
    "account_reset_password_from_key": Page(ANYBODY, ANYBODY, is_open=True),
    "account_reset_password_from_key_done": DOCUMENT,
    "account_inactive": DOCUMENT,
    "account_email_verification_sent": DOCUMENT,
    "account_confirm_email": Page(ANYBODY, NOT_HERE, is_open=True),
    "account_confirm_login_code": Page(Rule(EVERYBODY, "led"), Rule(EVERYBODY, "led"), is_open=True),
    "account_reauthenticate": Page(Rule(), Rule(answer="led")),
    "account_email": Page(Rule(), Rule(answer="done")),
    "account_change_password": Page(Rule(), Rule(answer="done")),
    "account_set_password": Page(Rule(answer="led"), Rule(answer="led")),
}

PAGES: dict[str, Page] = {
    **OF_ASKERS,
    **OF_INVITERS,
    **OF_GUESTS,
    **OF_SELLERS,
    **OF_BOTH,
    **OF_ONESELF,
    **OF_OPERATORS,
    **OF_ACCOUNTS,
}
