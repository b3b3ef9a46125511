"""Programs about news: what happened, and how the person hears of it by mail."""

from ninja import Query, Router

from evenhand_server.news import actions
from evenhand_server.news.forms import MailForm
from evenhand_server.news.queries import choices_of, hours_of, news_for
from evenhand_server.news.schemas import MailAsked, MailShown, NewsShown
from evenhand_server.people.programs import ProgramRequest, must_be_own, write_once
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.programs.problems import refuse_form

router = Router(tags=["Me"])


@router.get("/me/news", response=Page[NewsShown], operation_id="list_news", summary="What happened, newest first")
def list_news(request: ProgramRequest, paging: Query[Paging]) -> Page[NewsShown]:
    """What this token's party was told; looking here marks nothing as seen."""
    return page_of(news_for(request.auth), paging, lambda rows: [NewsShown.of(row) for row in rows])


@router.get("/me/mail", response=MailShown, operation_id="show_mail", summary="How you hear of news by mail")
def show_mail(request: ProgramRequest) -> MailShown:
    """For each kind at once, daily or never; times are those of the clock where you live. Needs your own token."""
    must_be_own(request.auth)
    person = request.auth.person
    return MailShown.of(choices_of(person), hours_of(person))


@router.put("/me/mail", response=MailShown, operation_id="keep_mail", summary="Choose how you hear of news by mail")
def keep_mail(request: ProgramRequest, asked: MailAsked) -> MailShown:
    """What is left out is as it is for who has not chosen. Needs a token that the person made for themself."""
    actor, form = request.auth, MailForm(asked.model_dump())
    must_be_own(actor)
    if not form.is_valid():
        raise refuse_form(form)

    def do() -> str:
        actions.choose_mail(actor, form.choices())
        actions.keep_hours(actor, **form.hours())
        return actor.person.public_id

    write_once(request, do, asked)
    return show_mail(request)
