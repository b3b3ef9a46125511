"""Who gets which answer from which operation of the API, as it should be: declared here, tried cell by cell.

Which role may do which act stands in ``evenhand_server.people.roles``, once; here stands which act an operation is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from evenhand_server.people.roles import MAY, Act, Role

STATES = ("asked", "agreed", "offered", "done", "together", "withdrawn")
"""How far a deal has come: terms proffered, accepted, an offer made, accepted, a relationship; or the request ended."""


class Who(StrEnum):
    """For whom somebody acts."""

    NOBODY = "nobody"
    STRANGER = "stranger"
    RIVAL = "rival"
    ASKER = "asker"
    VENDOR = "vendor"
    OPERATOR = "operator"
    GUEST = "guest"


ASKER, VENDOR = frozenset({Who.ASKER}), frozenset({Who.VENDOR})
EITHER = ASKER | VENDOR
MEMBERS = frozenset(Who) - {Who.NOBODY, Who.GUEST}
EVERYBODY = frozenset(Who)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may see what an operation is about; which act it is, of which side; the answer, and where it is another."""

    sees: frozenset[Who]
    status: int = 200
    act: Act | Mapping[Who, Act] | None = None
    does: frozenset[Who] = EVERYBODY
    but: dict[str, int] = field(default_factory=dict)
    is_own: bool = False
    """Needs a token of the person for themself."""

    def expected(self, who: Who, role: Role, state: str) -> int:
        """The status of one cell: first who it is, then what there is to see, then the role, the side, the state."""
        if who == Who.NOBODY and self.sees != EVERYBODY:
            return 401
        if who not in self.sees:
            return 404
        act = self.act[who] if isinstance(self.act, Mapping) else self.act
        if (act is not None and act not in MAY[role]) or (self.is_own and role != Role.SELF):
            return 403
        return self.but.get(state, self.status) if who in self.does else 404


def only(*states: str, other: int = 409) -> dict[str, int]:
    """In these states the usual answer, in all others this one."""
    return {state: other for state in STATES if state not in states}


OPEN = only("asked", "agreed", "offered")
LET_IN = only("agreed", "offered", "done", "together")
NO = {Who.VENDOR: Act.ANSWER_TERMS, Who.ASKER: Act.ANSWER_COUNTER}
"""To say no is an answer to terms, whichever side says it."""
NO_OFFER = {"asked": 404, "agreed": 404, "withdrawn": 404}

RULES: dict[str, Rule] = {
    "POST /readings": Rule(MEMBERS),
    "POST /previews": Rule(MEMBERS),
    "POST /previews/sellers": Rule(MEMBERS),
    "GET /intents": Rule(MEMBERS),
    "POST /intents": Rule(MEMBERS, 201, Act.PUBLISH),
    "GET /intents/{intent_id}": Rule(ASKER),
    "GET /intents/{intent_id}/wishes": Rule(ASKER),
    "POST /intents/{intent_id}/wishes": Rule(ASKER, 201, Act.PUBLISH, but=OPEN),
    "POST /intents/{intent_id}/withdrawal": Rule(ASKER, 201, Act.WITHDRAW, but=OPEN),
    "GET /intents/{intent_id}/matches": Rule(ASKER),
    "GET /intents/{intent_id}/dealings": Rule(ASKER),
    "POST /intents/{intent_id}/dealings": Rule(ASKER, 201, Act.PUBLISH, but=OPEN),
    "GET /intents/{intent_id}/offers": Rule(ASKER),
    "GET /intents/{intent_id}/comparison": Rule(ASKER),
    "GET /intents/{intent_id}/invitations": Rule(ASKER),
    "POST /intents/{intent_id}/invitations": Rule(ASKER, 201, Act.PUBLISH, but=OPEN),
    "GET /intents/{intent_id}/link": Rule(ASKER),
    "POST /intents/{intent_id}/link": Rule(ASKER, 201, Act.PUBLISH, but=OPEN),
    "POST /intents/{intent_id}/link/revocation": Rule(ASKER, 204, Act.PUBLISH),
    "POST /invitations/{invitation_id}/revocation": Rule(ASKER, 204, Act.PUBLISH),
    "GET /suppliers": Rule(MEMBERS),
    "POST /suppliers": Rule(MEMBERS, 201, Act.PUBLISH),
    "GET /suppliers/{list_id}": Rule(ASKER),
    "DELETE /suppliers/{list_id}": Rule(ASKER, 204, Act.PUBLISH),
    "GET /interests": Rule(MEMBERS),
    "POST /interests": Rule(MEMBERS, 201, Act.STAND_READY),
    "GET /interests/{interest_id}": Rule(VENDOR),
    "PUT /interests/{interest_id}": Rule(VENDOR, 200, Act.STAND_READY),
    "POST /interests/{interest_id}/retirement": Rule(VENDOR, 204, Act.STAND_READY),
    "GET /standing_acceptances": Rule(MEMBERS),
    "PUT /standing_acceptances": Rule(MEMBERS, 200, Act.ANSWER_TERMS),
    "GET /inbox": Rule(MEMBERS),
    "GET /dealings/{dealing_id}": Rule(EITHER),
    "GET /dealings/{dealing_id}/messages": Rule(EITHER),
    "POST /dealings/{dealing_id}/messages": Rule(EITHER, 201, Act.ASK, but=LET_IN),
    "GET /dealings/{dealing_id}/offer": Rule(EITHER, but=NO_OFFER),
    "POST /dealings/{dealing_id}/offer": Rule(EITHER, 201, Act.MAKE_OFFER, VENDOR, only("agreed", "offered")),
    "POST /dealings/{dealing_id}/offer/withdrawal": Rule(
        EITHER, 201, Act.MAKE_OFFER, VENDOR, only("offered") | {"asked": 404, "agreed": 404}
    ),
    "POST /dealings/{dealing_id}/offer/acceptance": Rule(EITHER, 201, Act.ACCEPT_OFFER, ASKER, only("offered")),
    "GET /dealings/{dealing_id}/files/{file_id}": Rule(EITHER, 404),
    "POST /dealings/{dealing_id}/decline": Rule(EITHER, 201, NO, EITHER, OPEN),
    "GET /market": Rule(EVERYBODY),
    "GET /terms": Rule(EVERYBODY),
    "GET /terms/{terms_id}": Rule(EVERYBODY),
    "POST /dealings/{dealing_id}/terms_answer": Rule(EITHER, 201, Act.ANSWER_TERMS, VENDOR, only("asked")),
    "POST /dealings/{dealing_id}/counter_answer": Rule(EITHER, 201, Act.ANSWER_COUNTER, ASKER, only()),
    "GET /dealings/{dealing_id}/disclosures": Rule(EITHER),
    "POST /dealings/{dealing_id}/disclosures": Rule(EITHER, 201, Act.DISCLOSE, ASKER, LET_IN),
    "POST /dealings/{dealing_id}/disclosures/{disclosure_id}/revocation": Rule(
        EITHER, 201, Act.DISCLOSE, ASKER, only("done", "together", other=404)
    ),
    "POST /dealings/{dealing_id}/revocation": Rule(EITHER, 201, Act.DISCLOSE, ASKER, LET_IN),
    "GET /dealings/{dealing_id}/records": Rule(EITHER),
    "GET /dealings/{dealing_id}/bundle": Rule(EITHER, but={"asked": 404, "withdrawn": 404}),
    "POST /dealings/{dealing_id}/relationship": Rule(EITHER, 201, Act.GO_ON, ASKER, only("done")),
    "GET /me/domain": Rule(MEMBERS, 404),
    "PUT /me/domain": Rule(MEMBERS, 200, Act.KEEP_DETAILS),
    "DELETE /me/domain": Rule(MEMBERS, 204, Act.KEEP_DETAILS),
    "POST /me/domain/proof": Rule(MEMBERS, 404),
    "POST /me/website_checks": Rule(MEMBERS, 404),
    "GET /blocks": Rule(MEMBERS),
    "POST /dealings/{dealing_id}/block": Rule(EITHER, 201, Act.BLOCK),
    "DELETE /blocks/{block_id}": Rule(MEMBERS, 204, Act.BLOCK, does=frozenset()),
    "POST /dealings/{dealing_id}/reports": Rule(EITHER, 201, Act.REPORT),
    "GET /reports": Rule(MEMBERS),
    "GET /reports/{report_id}": Rule(VENDOR),
    "POST /reports/{report_id}/appeal": Rule(VENDOR, 409, Act.REPORT),
    "GET /operator/reports": Rule(frozenset()),
    "POST /operator/reports/{report_id}/decision": Rule(frozenset()),
    "GET /relationships": Rule(MEMBERS),
    "GET /relationships/{relationship_id}": Rule(EITHER, but=only("together", other=404)),
    "GET /me": Rule(MEMBERS),
    "PUT /me": Rule(MEMBERS, is_own=True),
    "GET /me/details": Rule(MEMBERS),
    "PUT /me/details": Rule(MEMBERS, 200, Act.KEEP_DETAILS),
    "GET /me/agreements": Rule(MEMBERS),
    "GET /me/terms": Rule(MEMBERS),
    "PUT /me/terms": Rule(MEMBERS, 200, Act.KEEP_DETAILS),
    "POST /organisations": Rule(MEMBERS, 201, is_own=True),
    "POST /vendor_changes": Rule(MEMBERS, 201, Act.KEEP_KEYS),
    "GET /members": Rule(MEMBERS),
    "POST /members": Rule(MEMBERS, 201, Act.KEEP_MEMBERS),
    "DELETE /members/{membership_id}": Rule(MEMBERS, 204, Act.KEEP_MEMBERS, ASKER),
    "GET /me/evidence": Rule(MEMBERS),
    "POST /me/evidence": Rule(MEMBERS, 201, Act.KEEP_DETAILS),
    "DELETE /me/evidence/{evidence_id}": Rule(MEMBERS, 204, Act.KEEP_DETAILS, ASKER),
    "GET /me/disclosures": Rule(MEMBERS),
    "GET /me/news": Rule(MEMBERS),
    "GET /me/mail": Rule(MEMBERS, is_own=True),
    "PUT /me/mail": Rule(MEMBERS, is_own=True),
    "GET /keys": Rule(MEMBERS),
    "POST /keys/rotation": Rule(MEMBERS, 201, Act.KEEP_KEYS),
    "GET /key_changes": Rule(MEMBERS),
    "POST /key_changes": Rule(MEMBERS, 201, Act.KEEP_KEYS),
    "POST /key_changes/{change_id}/signatures": Rule(MEMBERS, 404, Act.KEEP_KEYS),
    "DELETE /key_changes/{change_id}": Rule(MEMBERS, 404, Act.KEEP_KEYS),
    "GET /awaited_signatures": Rule(MEMBERS),
    "POST /awaited_signatures/{awaited_id}/signature": Rule(MEMBERS, 404, Act.KEEP_KEYS),
    "GET /me/journal": Rule(MEMBERS),
    "GET /me/export": Rule(MEMBERS, is_own=True),
}
