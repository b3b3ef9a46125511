"""What has happened in the demo market so far: a deal lived through, offers that wait for Rosa, open requests."""

from evenhand.offers.offer import Chain, Leaving
from evenhand_server.demo.people import Actors
from evenhand_server.demo.rows import rows_of
from evenhand_server.demo.steps import announce, dealing_with, offer_of, work_without_mail
from evenhand_server.intents.models import Intent
from evenhand_server.news.actions import see
from evenhand_server.offers.actions import accept_offer, ask, make_offer
from evenhand_server.people.actor import Actor
from evenhand_server.relationships.actions import wish_to_go_on
from evenhand_server.terms.actions import answer_terms, disclose
from evenhand_server.terms.models import Outcome, Stage

PIANO = (
    "Ten piano lessons for my nine-year-old daughter, in Hull, about 280 pounds - "
    "p.s. a patient teacher would be lovely"
)
KITCHEN = "A painter and decorator for our kitchen in Hull, about 600 pounds - p.s. paint that hardly smells, please"


def tell_stories(actors: Actors) -> None:
    """Everything that happened before the visitor came, in its order."""
    live_through_piano_lessons(actors)
    for actor in actors.values():
        see(actor.person)
    collect_offers_for_the_kitchen(actors)
    for row in rows_of("intents"):
        asker = actors[row["asker"]]
        announce(asker, row["sentence"], terms=row["terms"], sellers=int(row["sellers"]), days=int(row["days"]))


def live_through_piano_lessons(actors: Actors) -> None:
    """Rosa's deal from the sentence to the relationship, with one seller who was not chosen."""
    rosa, music, keys = (actors[name] for name in ("rosa", "avenues_music", "keys_and_strings"))
    intent = announce(rosa, PIANO, terms="PDC-INTENT", sellers=5, days=30)
    answer_terms(music, dealing_with(intent, music), Outcome.ACCEPTED)
    question = ask(music, dealing_with(intent, music), "Is there a piano at home to practise on?")
    answer = "A keyboard for now. If she likes it we would look for a second-hand piano."
    ask(rosa, dealing_with(intent, music), answer, answers=question.public_id)
    offer_piano_lessons(intent, music, keys)
    dealing = dealing_with(intent, music)
    accept_offer(rosa, dealing, 1)
    work_without_mail()
    go_on_together(intent, rosa, music)


def offer_piano_lessons(intent: Intent, music: Actor, keys: Actor) -> None:
    """The two offers that Rosa compared."""
    make_offer(
        music,
        dealing_with(intent, music),
        offer_of(
            [("Piano lesson, 45 minutes, in our music room", 10, "25.50")],
            within_days=10,
            included=("Sheet music", "A lesson missed through illness is made up for"),
            leaving=Leaving(0, 7),
            chain=Chain(makes="Avenues Music Room", supports="Avenues Music Room"),
            payment="In cash or by card after the first lesson.",
            contact="Come by the music room in the Avenues, on weekdays from two to seven.",
        ),
    )
    make_offer(
        keys,
        dealing_with(intent, keys),
        offer_of(
            [("Piano lesson, 45 minutes, at your home", 10, "30")],
            within_days=7,
            leaving=Leaving(3000, 14),
            chain=Chain(makes="Keys and Strings", supports="Keys and Strings"),
        ),
    )


def go_on_together(intent: Intent, rosa: Actor, music: Actor) -> None:
    """What Rosa lets the music room know, and the year that both want."""
    dealing = dealing_with(intent, music)
    for field in ("name", "phone"):
        disclose(rosa, dealing, field)
    ask(rosa, dealing, "We are looking forward to it. Would Thursdays after school suit you?")
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=["SD-BASE"], months=12)
    answer_terms(music, dealing_with(intent, music), Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
    work_without_mail()


def collect_offers_for_the_kitchen(actors: Actors) -> None:
    """Two offers that wait to be compared."""
    rosa, lane, coat = (actors[name] for name in ("rosa", "pearson_painters", "fresh_coat"))
    intent = announce(rosa, KITCHEN, terms="PDC-INTENT", sellers=5, days=30)
    make_offer(
        lane,
        dealing_with(intent, lane),
        offer_of(
            [("Kitchen walls and ceiling, two coats", 1, "430"), ("Woodwork and door", 1, "120")],
            within_days=20,
            included=("Paint", "Sheets over floor and worktops"),
            leaving=Leaving(0, 3),
            chain=Chain(makes="Pearson Lane Painters", supports="Pearson Lane Painters"),
        ),
    )
    make_offer(
        coat,
        dealing_with(intent, coat),
        offer_of(
            [("Kitchen, walls, ceiling and woodwork", 1, "585"), ("Low-odour clay paint", 6, "9.50")],
            within_days=9,
            included=("A second visit after a year to touch up",),
            leaving=Leaving(5000, 7),
            chain=Chain(makes="Fresh Coat", moves="Fresh Coat", supports="Fresh Coat"),
            note="Clay paint lets old walls breathe. You can be at home while we paint, it hardly smells.",
            payment="A third when we begin, the rest when you are content.",
        ),
    )
    work_without_mail()
