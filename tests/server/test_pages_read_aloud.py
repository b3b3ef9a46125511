"""The pages' common parts: what is read aloud beside a field, our own pages for accounts and faults, nothing inline."""

import re
from pathlib import Path

import pytest
from django import forms
from django.core import mail
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

import evenhand_server
from evenhand_server.people.actor import Actor
from evenhand_server.people.tags import control, described, kinds
from evenhand_server.words.fields import category_called
from evenhand_server.words.sources import sources

TEMPLATES = Path(evenhand_server.__path__[0]) / "templates"
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|data:|<script(?![^>]*\ssrc=)")
MOST_CHARACTERS = 60_000
DOWNLOADED = {"relationships/bundle.html"}


class Order(forms.Form):
    """A form with one control of each kind."""

    name = forms.CharField(widget=forms.TextInput(attrs={"placeholder": "Name"}))
    colours = forms.MultipleChoiceField(choices=[("red", "Red"), ("blue", "Blue")], required=False)
    size = forms.ChoiceField(choices=[("s", "Small"), ("l", "Large")], required=False)
    is_gift = forms.BooleanField(label="It is a gift", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def field(name: str, *, part: str = "field", data: dict[str, object] | None = None, **context: object) -> str:
    """A field as the pages show it."""
    return render_to_string(f"parts/{part}.html", {"field": Order(data)[name], **context})


def test_a_hint_is_read_aloud_with_its_control() -> None:
    html = field("name", hint="As on the door")
    assert '<label for="id_name">Name</label>' in html
    assert '<div class="hint" id="id_name_hint">As on the door</div>' in html
    assert 'aria-describedby="id_name_hint"' in html
    assert "placeholder" not in html


def test_what_is_wrong_is_read_aloud_after_the_hint() -> None:
    html = field("name", hint="As on the door", data={})
    assert 'aria-describedby="id_name_hint id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"><p class="error">' in html


def test_a_blank_hint_is_none() -> None:
    assert described(Order()["name"], " ") == ""
    assert "aria-describedby" not in control(Order()["name"], " ")
    assert "hint" not in field("name", hint=" ")


def test_many_choices_are_ticks_in_a_named_group() -> None:
    html = field("colours", data={"colours": ["blue"]}, hint="Any that please you")
    assert "<legend>Colours</legend>" in html
    assert html.count('type="checkbox"') == len(["red", "blue"])
    assert 'value="blue" checked' in html
    assert 'value="red" checked' not in html
    assert '<fieldset class="field choices" id="id_colours" aria-describedby="id_colours_hint">' in html


def test_a_choice_can_be_shown_as_radio_buttons() -> None:
    html = field("size", part="choices", data={"size": "l"})
    assert 'type="radio" name="size" value="l" checked' in html
    assert "aria-describedby" not in html


def test_a_single_tick_has_its_words_beside_it() -> None:
    assert re.search(r"<input[^>]*type=\"checkbox\"[^>]*> <span>It is a gift</span></label>", field("is_gift"))


def test_a_hidden_field_says_nothing() -> None:
    assert "label" not in field("secret")


def test_a_wrong_form_lists_what_to_mend_with_links_to_the_fields() -> None:
    html = render_to_string("parts/errors.html", {"form": Order({})})
    assert 'role="alert"' in html
    assert '<a href="#id_name">Name</a>' in html
    assert render_to_string("parts/errors.html", {"form": Order({"name": "Rosa"})}).strip() == ""


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_pages_hold_no_script_or_style_of_their_own(path: Path) -> None:
    if str(path.relative_to(TEMPLATES)) not in DOWNLOADED:
        assert not INLINE.search(path.read_text(encoding="utf-8"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("account_login", "Keep me signed in on this device"),
        ("account_signup", "Make my account"),
        ("account_reset_password", "Send me the link"),
        ("account_reset_password_done", "Look into your mailbox"),
        ("account_reset_password_from_key_done", "Your new password is kept"),
        ("account_email_verification_sent", "Look into your mailbox"),
        ("account_inactive", "This account is closed"),
    ],
)
def test_pages_of_accounts_are_our_own(page: str, words: str) -> None:
    html = Client().get(reverse(page)).content.decode()
    assert words in html
    assert 'class="site-header"' in html


def test_pages_of_ones_own_account_are_our_own(rosas_browser: Client) -> None:
    for page, words in (
        ("account_email", "Write here"),
        ("account_change_password", "Password until now"),
        ("account_logout", "Sign out?"),
    ):
        assert words in rosas_browser.get(reverse(page)).content.decode()


@pytest.mark.django_db
def test_signing_up_sends_a_link_that_asks_whose_mailbox_it_is() -> None:
    somebody = Client()
    form = {"email": "nell@example.org", "username": "nell", "password1": "walnut-ladder-harbour"}
    somebody.post(reverse("account_signup"), form)
    assert mail.outbox[0].subject == "Is this mailbox yours?"
    found = re.search(r"http://testserver(/account/confirm-email/\S+)", str(mail.outbox[0].body))
    assert found
    page = somebody.get(found[1])
    assert "Is this mailbox yours?" in page.content.decode()
    somebody.post(found[1])
    assert "This link no longer works" in somebody.get("/account/confirm-email/none/").content.decode()


@pytest.mark.django_db
def test_nothing_here_and_a_missing_cookie_are_said_kindly() -> None:
    assert "There is nothing here" in Client().get("/nowhere").content.decode()
    refused = Client(enforce_csrf_checks=True).post(reverse("intents:begin"), {"text": "a bike"})
    assert "Please send that again" in refused.content.decode()


def test_our_own_fault_needs_no_database_to_be_said() -> None:
    assert "our fault, not yours" in render_to_string("500.html")


def test_whoever_acts_for_two_can_switch_on_every_page(rosa: Actor, rosas_browser: Client) -> None:
    switch = reverse("people:switch")
    assert switch not in rosas_browser.get("/about").content.decode()
    rosas_browser.post(reverse("people:organisations"), {"name": "Rosa's Choir", "country": "GB"})
    html = rosas_browser.get("/about").content.decode()
    assert html.count(f'action="{switch}"') == len([rosa.party, "the choir"])
    assert '<input type="hidden" name="next" value="/about">' in html
    assert 'aria-current="true">Rosa&#x27;s Choir' in html


def test_who_named_no_kind_gets_suggestions_that_are_understood(rosa: Actor, rosas_browser: Client) -> None:
    tree = sources().tree
    offered = kinds(tree)
    assert len(offered) == len(set(offered))
    assert [category_called(one) for one in offered[:: len(offered) // 20]] == list(tree)[:: len(offered) // 20]
    draft = rosas_browser.post(reverse("intents:begin"), {"text": "hello"}, follow=True).content.decode()
    assert '<datalist id="kinds"><option>' in draft
    assert len(draft) < MOST_CHARACTERS


def test_a_kind_that_was_read_needs_no_suggestions(rosa: Actor, rosas_browser: Client) -> None:
    draft = rosas_browser.post(reverse("intents:begin"), {"text": "a mountain bike in Hull"}, follow=True)
    assert "<datalist" not in draft.content.decode()
    assert 'value="Bicycles &gt; Mountain Bikes"' in draft.content.decode()
