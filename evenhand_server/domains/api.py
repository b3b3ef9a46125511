"""Programs that show that a domain is their party's own."""

from ninja import Router

from evenhand_server.domains import actions
from evenhand_server.domains.asked import place_of
from evenhand_server.domains.forms import DomainForm
from evenhand_server.domains.models import DomainClaim
from evenhand_server.domains.queries import claim_to_show
from evenhand_server.domains.resolver import look_up
from evenhand_server.domains.schemas import CodeAsked, DomainAsked, DomainShown
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.programs.openapi import MAY_BE_MISSING
from evenhand_server.programs.problems import refuse_form

router = Router(tags=["Vendors"])


@router.get(
    "/me/domain",
    response=DomainShown,
    operation_id="show_domain",
    summary="The domain your party names",
    openapi_extra={MAY_BE_MISSING: True},
)
def show_domain(request: ProgramRequest) -> DomainShown:
    """404 while it names none."""
    return DomainShown.of(claim_to_show(request.auth))


@router.put("/me/domain", response=DomainShown, operation_id="claim_domain", summary="Say which domain is yours")
@limited(Limit.VERIFY)
def claim_domain(request: ProgramRequest, asked: DomainAsked) -> DomainShown:
    """By mail: a code goes to the mailbox. By DNS: put “record” as a TXT record at “record_name”."""
    actor, form = request.auth, DomainForm(asked.model_dump())
    if not form.is_valid():
        raise refuse_form(form)
    write_once(request, lambda: actions.claim_domain(actor, **form.cleaned_data).public_id, asked)
    return show_domain(request)


@router.post(
    "/me/domain/proof", response={201: DomainShown}, operation_id="prove_domain", summary="Show that it is yours"
)
@limited(Limit.VERIFY)
def prove_domain(request: ProgramRequest, asked: CodeAsked) -> DomainShown:
    """With the code from the mail, or once the record stands in DNS."""
    actor = request.auth
    claim = claim_to_show(actor)
    if claim.way == DomainClaim.Way.DNS:
        actions.show_by_record(actor, claim, look_up(place_of(claim)))
    else:
        actions.show_by_code(actor, claim, asked.code)
    return show_domain(request)


@router.delete("/me/domain", response={204: None}, operation_id="remove_domain", summary="Name no domain any more")
def remove_domain(request: ProgramRequest) -> None:
    """Your party is then shown as not verified."""
    actor = request.auth

    def do() -> str:
        actions.give_domain_up(actor)
        return actor.party.public_id

    write_once(request, do)
