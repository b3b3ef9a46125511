"""What the operator of the demo has settled, so that its setup page is filled in and invitations can be tried."""

from evenhand_server.demo.people import Actors
from evenhand_server.letters.actions import begin_mail_test
from evenhand_server.market.actions import confirm_mail, name_operator, settle

OPERATOR = "noel"


def settle_the_market(actors: Actors) -> None:
    """Let Noel look after the demo; its mail lies in a folder, which is where it is meant to arrive."""
    noel = actors[OPERATOR]
    name_operator(noel.person)
    settle(
        noel,
        {
            "name": "The demo market",
            "operator": noel.person.name,
            "contact": noel.person.email,
            "languages": ["en"],
            "countries": ["GB", "DE"],
            "places": [],
            "kinds_not_traded": ["tobacco_products"],
            "words_not_traded": ["ivory"],
            "strangers_may_register": True,
        },
    )
    _, code = begin_mail_test(noel.person, noel.person.email)
    confirm_mail(noel, code)
