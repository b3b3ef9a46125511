"""Every page there is, in the states that people meet it in: who sees it, and how they come there."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.hands import Hand, Name
from tests.browser.steps import accept_terms, act_for, hear, open_request, publish, say, sign_in

STRANGER = ""
NOT_FOUND = "not_found"
SCHOOL = "aire_school"
BUYER = "aire_school_buyer"
ROLES = {SCHOOL: ("Aire Valley School", "steward"), BUYER: ("Aire Valley School", "buyer")}
"""Who acts for an organisation, and in which role; the others act for themselves."""

HIDING = (
    "Looking for a mountain bike in Hull, 500 pounds to spend - p.s. I ride the hard trails and am rather tall! "
    "Rosa Lindqvist, 01632 960174"
)
NOBODY = "A new mountain bike in Hull, 30 pounds at most"
WITHDRAWN = "A used gravel bike in Hull, up to 260 pounds"
DECLINED = "A used road bike in Hull, up to 300 pounds"
COUNTERED = "We need 12 used laptops for our library in Leeds, budget 3,000 pounds"
KITCHEN = re.compile("kitchen in Hull")
PIANO = re.compile("piano lessons")


@dataclass(frozen=True)
class Sight:
    """One page: an address (``{name}`` stands for that of an earlier one), then links to follow by their names."""

    name: str
    who: str
    start: str
    trail: tuple[Name, ...] = ()


SIGHTS = (
    Sight("home", STRANGER, "/"),
    Sight("about", STRANGER, "/about"),
    Sight("terms", STRANGER, "/terms"),
    Sight("terms_one", STRANGER, "/terms/PDC-INTENT"),
    Sight("erased", STRANGER, "/erased"),
    Sight(NOT_FOUND, STRANGER, "/nothing-here"),
    Sight("sign_in", STRANGER, "/account/login/"),
    Sight("sign_up", STRANGER, "/account/signup/"),
    Sight("sign_up_mail_sent", STRANGER, "/account/confirm-email/"),
    Sight("sign_up_link_too_old", STRANGER, "/account/confirm-email/used-before/"),
    Sight("password_forgotten", STRANGER, "/account/password/reset/"),
    Sight("password_mail_sent", STRANGER, "/account/password/reset/done/"),
    Sight("password_link_too_old", STRANGER, "/account/password/reset/key/0-used/"),
    Sight("password_is_new", STRANGER, "/account/password/reset/key/done/"),
    Sight("account_closed", STRANGER, "/account/inactive/"),
    # Who has done nothing yet.
    Sight("requests_none", "tom", "/intents"),
    Sight("inbox_empty", "tom", "/inbox"),
    Sight("interests_none", "tom", "/interests"),
    Sight("relationships_none", "tom", "/relationships"),
    Sight("disclosures_none", "tom", "/me/disclosures"),
    Sight("purpose_none", "tom", "/me/purpose"),
    # Who asks.
    Sight("home_signed_in", "rosa", "/"),
    Sight("requests", "rosa", "/intents"),
    Sight("draft", "rosa", "/intents", (re.compile("hard trails and am rather tall! Rosa"),)),
    Sight("preview", "rosa", "{draft}/preview"),
    Sight("request_nobody", "rosa", "/intents", (NOBODY,)),
    Sight("request_heard", "rosa", "/intents", (DECLINED,)),
    Sight("request_withdrawn", "rosa", "/intents", (WITHDRAWN,)),
    Sight("request_offers", "rosa", "/intents", (KITCHEN,)),
    Sight("request_accepted", "rosa", "/intents", (PIANO,)),
    Sight("compare", "rosa", "{request_offers}/compare"),
    Sight("compare_none", "rosa", "{request_heard}/compare"),
    Sight("asker_teaser", "ida", "/intents", (re.compile("kids' bike"), "Hull Cycles")),
    Sight("asker_agreed", "ida", "/intents", (re.compile("kids' bike"), "Humber Wheels")),
    Sight("asker_offered", "rosa", "{request_offers}", ("Fresh Coat",)),
    Sight("asker_accepting", "rosa", "{asker_offered}/offer/acceptance"),
    Sight("asker_accepted", "rosa", "{request_accepted}", ("Avenues Music Room",)),
    Sight("asker_declined", "rosa", "{request_heard}", ("Hull Cycles",)),
    Sight("asker_went_with_another", "rosa", "{request_accepted}", ("Keys and Strings",)),
    Sight("asker_countered", BUYER, "/intents", (COUNTERED, "Kirkstall Computers")),
    Sight("relationships", "rosa", "/relationships"),
    Sight("relationship", "rosa", "/relationships", ("Avenues Music Room",)),
    # Who answers.
    Sight("inbox", "hull_cycles", "/inbox"),
    Sight("interests", "hull_cycles", "/interests"),
    Sight("interest", "hull_cycles", "/interests", (re.compile("^Change.*We sell mountain bikes"),)),
    Sight("purpose", "hull_cycles", "/me/purpose"),
    Sight("terms_signed_in", "hull_cycles", "/terms"),
    Sight("vendor_teaser", "hull_cycles", "{asker_teaser}"),
    Sight("vendor_declined", "hull_cycles", "{asker_declined}"),
    Sight("vendor_agreed", "humber_wheels", "{asker_agreed}"),
    Sight("offer_new", "humber_wheels", "{asker_agreed}/offer"),
    Sight("vendor_offered", "fresh_coat", "{asker_offered}"),
    Sight("offer_change", "fresh_coat", "{asker_offered}/offer"),
    Sight("vendor_countered", "kirkstall_computers", "{asker_countered}"),
    Sight("vendor_accepted", "avenues_music", "{asker_accepted}"),
    Sight("vendor_went_with_another", "keys_and_strings", "{asker_went_with_another}"),
    # About oneself.
    Sight("me", "rosa", "/me"),
    Sight("details", "rosa", "/me/details"),
    Sight("disclosures", "rosa", "/me/disclosures"),
    Sight("organisations", "rosa", "/me/organisations"),
    Sight("tokens", "rosa", "/me/tokens"),
    Sight("journal", "rosa", "/me/journal"),
    Sight("erase", "rosa", "/me/erase"),
    Sight("news", "rosa", "/me/news"),
    Sight("news_none", "tom", "/me/news"),
    Sight("setup", "noel", "/setup"),
    Sight("failures_none", "noel", "/setup/failures"),
    Sight("news_by_mail", "rosa", "/me/news/mail"),
    Sight("agreements", "rosa", "/me/agreements"),
    Sight("agreements_none", "tom", "/me/agreements"),
    Sight("preferences", "rosa", "/me/terms"),
    Sight("keys", "hull_cycles", "/me/keys"),
    Sight("key_of_a_dealing", "rosa", "{asker_accepted}/key"),
    Sight("taking_an_agreement_back", "rosa", "{asker_accepted}/revocation"),
    Sight("vendor_changes", SCHOOL, "/me/changes"),
    Sight("verify", STRANGER, "/verify"),
    # Sellers who are not here, and safety.
    Sight("invite", "rosa", "{request_offers}/invitations"),
    Sight("supplier_lists", "rosa", "/suppliers"),
    Sight("domain", "hull_cycles", "/me/domain"),
    Sight("own_website", "hull_cycles", "/me/website"),
    Sight("blocks_none", "rosa", "/me/blocks"),
    Sight("block", "rosa", "{asker_accepted}/block"),
    Sight("report", "rosa", "{asker_accepted}/reports"),
    Sight("reports_none", "rosa", "/reports"),
    Sight("report_queue", "noel", "/operator/reports"),
    Sight("directory", "noel", "/operator/directory"),
    Sight("members", SCHOOL, "/me/members"),
    Sight("organisations_several", SCHOOL, "/me/organisations"),
    Sight("email", "rosa", "/account/email/"),
    Sight("password_change", "rosa", "/account/password/change/"),
    Sight("sign_out", "rosa", "/account/logout/"),
    Sight("sure_it_is_you", "rosa", "/account/reauthenticate/"),
)
SIGHT = {sight.name: sight for sight in SIGHTS}


def enter(hand: Hand, who: str) -> None:
    """Sign in, and act for the organisation whose turn it is."""
    sign_in(hand, who)
    if who in ROLES:
        act_for(hand, *ROLES[who])


def bring_about(hands: dict[str, Hand]) -> None:
    """What the demo market does not hold of itself: a draft, requests that came to nothing, and other terms."""
    rosa, shop, buyer, seller = (hands[who] for who in ("rosa", "hull_cycles", BUYER, "kirkstall_computers"))
    for sentence in (NOBODY, WITHDRAWN, DECLINED):
        announce(rosa, sentence)
        if sentence == WITHDRAWN:
            rosa.open("Withdraw this request")
            rosa.press("Withdraw it")
    open_request(shop, hear(rosa.page, "Hull Cycles"))
    accept_terms(shop)
    shop.open("Say no, and why")
    shop.tick(re.compile("no time or stock"))
    shop.press("Say no to this request")
    ask_about(hands[SCHOOL], "EH-WORK-REQUEST-SUB")
    announce(buyer, COUNTERED)
    open_request(seller, hear(buyer.page, "Kirkstall Computers"))
    seller.open("Ask for other terms instead, once")
    seller.pick("Terms you would accept", 1)
    seller.press("Ask for these terms")
    say(rosa, HIDING)


def ask_about(hand: Hand, terms: str) -> None:
    """Want to be asked about these terms each time, so that a counter waits for a person."""
    hand.page.goto("/me/terms")
    hand.page.locator(f'select[name="{terms}"]').select_option("ask")
    hand.press("Save my terms")


def announce(hand: Hand, sentence: str) -> None:
    """Publish a sentence as it was read."""
    say(hand, sentence)
    hand.press("See what sellers see")
    publish(hand)


def come_to(page: Page, sight: Sight, addresses: dict[str, str]) -> str:
    """Go to a sight by its trail; its address."""
    page.goto(sight.start.format(**addresses))
    for name in sight.trail:
        with page.expect_navigation():
            page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()
    return page.url
