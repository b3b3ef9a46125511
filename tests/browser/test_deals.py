"""Three sentences run from the box to the signed agreement in a real browser."""

import re

from playwright.sync_api import expect

from tests.browser.devices import DESK, PHONE, ZOOMED
from tests.browser.hands import Hand, Keys, Mouse
from tests.browser.steps import (
    accept_offer,
    accept_terms,
    act_for,
    answer,
    ask,
    disclose,
    facts,
    hear,
    offer,
    open_request,
    part,
    publish,
    say,
    sign_in,
    take_home,
    until,
)
from tests.browser.windows import Windows

BIKE = "Looking for a mountain bike in Hull, 500 pounds to spend - p.s. I ride the hard trails and am rather tall!"
STROLLER = (
    "A child's stroller, Lewisham area, I have 150 for it. p.s. I belong to the fair trade alliance, "
    "so ethical products appeal to me"
)
LAPTOPS = "We need 40 refurbished laptops for our school in Leeds before Easter, budget 12k"


def test_by_keyboard_alone_rosa_finds_a_bike_and_goes_on_with_the_shop(windows: Windows) -> None:
    rosa, shop = Keys(windows.open(DESK)), Keys(windows.open(DESK))
    find_a_bike(rosa, shop)
    disclose(rosa, re.compile("^Phone"))
    until(part(shop.page, "What they told you").get_by_text("01632 960174"))
    expect(shop.page.get_by_role("main")).not_to_contain_text("Lindqvist")

    rosa.open("Ask whether they want to go on")
    rosa.press("Ask them")
    until(shop.page.get_by_role("heading", name="They would like to go on with you"))
    accept_terms(shop)
    for hand in (rosa, shop):
        until(hand.page.get_by_role("link", name="See how you go on").first)
    held = [take_home(hand) for hand in (rosa, shop)]
    assert all(report.is_valid for report in held)
    assert held[0].records == held[1].records
    assert "relationship" in {record.kind for record in held[0].records}


def test_without_scripts_rosa_finds_a_bike(windows: Windows) -> None:
    rosa, shop = (Mouse(windows.open(DESK, has_scripts=False)) for _ in range(2))
    find_a_bike(rosa, shop)
    disclose(rosa, re.compile("^E-mail"))
    until(part(shop.page, "What they told you").get_by_text("rosa@example.org"))
    assert all(take_home(hand).is_valid for hand in (rosa, shop))


def find_a_bike(rosa: Hand, shop: Hand) -> None:
    """From the box to the signed agreement."""
    say(rosa, BIKE)
    understood = rosa.page.get_by_role("list", name="What we read in your words")
    for chip in ("Bicycles > Mountain Bikes", "Kingston upon Hull", "up to £500"):
        expect(understood).to_contain_text(chip)
    rosa.press("Used", of=rosa.page.get_by_role("group", name="Should it be new, used or refurbished?"))
    expect(rosa.page.get_by_role("checkbox", name="Used", exact=True)).to_be_checked()

    rosa.press("See what sellers see")
    before, after = part(rosa.page, "Before they accept your terms"), part(rosa.page, "After they have accepted")
    expect(before).not_to_contain_text("hard trails")
    expect(after).to_contain_text("hard trails")
    shown_before, shown_after = facts(before), facts(after)
    rosa.press("Sign in to publish", "link")
    sign_in(rosa, "rosa")
    publish(rosa)
    rosas_name = hear(rosa.page, "Hull Cycles")

    sign_in(shop, "hull_cycles")
    open_request(shop, rosas_name)
    wanted = part(shop.page, "What they want")
    assert facts(wanted) == shown_before
    expect(shop.page.get_by_role("main")).not_to_contain_text("hard trails")
    accept_terms(shop)
    expect(wanted).to_contain_text("I ride the hard trails and am rather tall!")
    assert facts(wanted) == shown_after

    ask(shop, "How tall are you?")
    answer(rosa, "How tall are you?", "One metre ninety.")
    until(shop.page.get_by_text("One metre ninety."))
    offer(shop, "Trailhead 29er, size L", "449.50")

    until(rosa.page.get_by_role("heading", name="They made you an offer"))
    rosa.press("Compare all offers", "link")
    expect(rosa.page.get_by_role("table")).to_contain_text("£449.50 in all")
    accept_offer(rosa, "Hull Cycles", "£449.50")


def test_rosa_compares_strollers_on_her_phone_and_the_other_shop_gets_a_friendly_no(windows: Windows) -> None:
    rosa, fair, used = (Mouse(windows.open(device)) for device in (PHONE, DESK, ZOOMED))

    sign_in(rosa, "rosa")
    say(rosa, STROLLER)
    understood = rosa.page.get_by_role("list", name="What we read in your words")
    for chip in ("Baby Transport > Baby Strollers", "Lewisham", "up to £150", "Fair trade", "Ethical"):
        expect(understood).to_contain_text(chip)
    rosa.press("See what sellers see")
    expect(part(rosa.page, "Before they accept your terms")).not_to_contain_text("alliance")
    publish(rosa)
    request = rosa.page.url
    names = {}
    for seller in ("Fairway Prams", "Little Wheels"):
        rosa.page.goto(request)
        names[seller] = hear(rosa.page, seller)

    sign_in(fair, "fairway_prams")
    open_request(fair, names["Fairway Prams"])
    expect(fair.page.get_by_text("You accept these terms from anybody, so this was signed at once.")).to_be_visible()
    ask(fair, "Is it for a newborn?")
    offer(fair, "Stroller, cotton seat", "145")

    sign_in(used, "little_wheels")
    open_request(used, names["Little Wheels"])
    accept_terms(used)
    offer(used, "Second-hand stroller, checked", "85")

    rosa.page.goto(request)
    rosa.press("Fairway Prams", "link")
    answer(rosa, "Is it for a newborn?", "No, he is two.")
    until(fair.page.get_by_text("No, he is two."))
    rosa.press("Compare all offers", "link")
    offers = rosa.page.get_by_role("table")
    expect(offers.get_by_role("columnheader")).to_have_count(2)
    expect(offers).to_contain_text("£85 in all")
    expect(offers).to_contain_text("Fair trade: Open Fair Trade Register vouches for it")
    accept_offer(rosa, "Fairway Prams", "£145")
    disclose(rosa, re.compile("^Street"))

    until(part(fair.page, "What they told you").get_by_text("7 Humber Row"))
    until(used.page.get_by_text("They went with another seller. Thank you for answering."))
    assert all(take_home(hand).is_valid for hand in (rosa, fair, used))


def test_a_school_asks_for_laptops_and_its_head_accepts(windows: Windows) -> None:
    office, buyer, head, shop = (Mouse(windows.open(PHONE)) for _ in range(4))

    sign_in(office, "aire_school")
    act_for(office, "Aire Valley School", "steward")
    office.page.goto("/me/details")
    office.write("Street and number", "2 Canal Road")
    office.press("Save the details")

    sign_in(buyer, "aire_school_buyer")
    act_for(buyer, "Aire Valley School", "buyer")
    say(buyer, LAPTOPS)
    understood = buyer.page.get_by_role("list", name="What we read in your words")
    for chip in ("Laptops", "Leeds", "up to £12,000", "40", "27 March 2027", "Refurbished"):
        expect(understood).to_contain_text(chip)
    buyer.press("See what sellers see")
    expect(part(buyer.page, "Before they accept your terms")).not_to_contain_text("school")
    publish(buyer)
    name = hear(buyer.page, "Kirkstall Computers")
    dealing = buyer.page.url

    sign_in(shop, "kirkstall_computers")
    open_request(shop, name)
    shop.open("Ask for other terms instead, once")
    shop.pick("Terms you would accept", 1)
    shop.press("Ask for these terms")
    until(shop.page.get_by_role("heading", name="You can make an offer now"))
    ask(shop, "With which keyboard?")
    answer(buyer, "With which keyboard?", "British ones.")
    until(shop.page.get_by_text("British ones."))
    offer(shop, "Laptop, 14 inch, refurbished", "285", quantity="40", days="21")

    sign_in(head, "aire_school_approver")
    act_for(head, "Aire Valley School", "approver")
    head.page.goto(dealing)
    head.press("Compare all offers", "link")
    accept_offer(head, "Kirkstall Computers", "£11,400")
    disclose(head, re.compile("^Street"))
    until(part(shop.page, "What they told you").get_by_text("2 Canal Road"))
    assert all(take_home(hand).is_valid for hand in (head, shop))
