"""Programs about keys: which sign, changing them, and handing in signatures made elsewhere."""

from ninja import Query, Router

from evenhand_server.dealings.queries import dealing_of
from evenhand_server.keys import actions
from evenhand_server.keys.models import KeyChange
from evenhand_server.keys.queries import awaited_of, change_of, changes_of, keys_published
from evenhand_server.keys.schemas import (
    AwaitedShown,
    ChangeSignedShown,
    KeyChangeAsked,
    KeyChangeShown,
    KeyShown,
    SignatureAsked,
)
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.records.models import SigningKey
from evenhand_server.terms.models import Record
from evenhand_server.terms.schemas import RecordShown

router = Router(tags=["Keys"])


@router.get("/keys", response=Page[KeyShown], operation_id="list_keys", summary="The keys your party publishes")
def list_keys(request: ProgramRequest, paging: Query[Paging]) -> Page[KeyShown]:
    """The one that signs now first. Where you ask, each dealing has a key of its own, which is not listed here."""
    return page_of(keys_published(request.auth.party_id), paging, lambda rows: [KeyShown.of(row) for row in rows])


@router.post(
    "/keys/rotation", response={201: KeyShown}, operation_id="rotate_key", summary="Sign with a new key from now on"
)
def rotate_key(request: ProgramRequest) -> KeyShown:
    """The old key vouches for the new one, and what it signed stays valid. Only where this server holds the key."""
    made = write_once(request, lambda: actions.rotate_key(request.auth).public_id)
    return KeyShown.of(SigningKey.objects.get(public_id=made))


@router.get(
    "/key_changes", response=Page[KeyChangeShown], operation_id="list_key_changes", summary="Changes of keys under way"
)
def list_key_changes(request: ProgramRequest, paging: Query[Paging]) -> Page[KeyChangeShown]:
    """The newest first."""
    return page_of(changes_of(request.auth), paging, lambda rows: [KeyChangeShown.of(row) for row in rows])


@router.post(
    "/key_changes",
    response={201: KeyChangeShown},
    operation_id="begin_key_change",
    summary="Begin to sign on your own device, or to let this server hold the key again",
)
def begin_key_change(request: ProgramRequest, asked: KeyChangeAsked) -> KeyChangeShown:
    """Sign the statement with `evenhand sign` and hand the signature in. A key can be registered once."""
    actor = request.auth

    def do() -> str:
        dealing = dealing_of(actor, asked.dealing) if asked.dealing else None
        if asked.key:
            return actions.begin_change(actor, asked.key, dealing=dealing).public_id
        return actions.begin_giving_back(actor, dealing=dealing).public_id

    return KeyChangeShown.of(change_of(actor, write_once(request, do, asked)))


@router.post(
    "/key_changes/{change_id}/signatures",
    response={201: ChangeSignedShown},
    operation_id="sign_key_change",
    summary="Hand in a signature of the statement",
)
def sign_key_change(request: ProgramRequest, change_id: Id, asked: SignatureAsked) -> ChangeSignedShown:
    """With the last one the change is done."""
    actor = request.auth

    def do() -> str:
        change = actions.add_change_signature(actor, change_id, asked.content)
        return change.public_id if change is not None else ""

    made = write_once(request, do, asked)
    change: KeyChange | None = changes_of(actor).filter(public_id=made).first() if made else None
    return ChangeSignedShown(is_done=change is None, change=KeyChangeShown.of(change) if change else None)


@router.delete(
    "/key_changes/{change_id}", response={204: None}, operation_id="cancel_key_change", summary="Leave the key as it is"
)
def cancel_key_change(request: ProgramRequest, change_id: Id) -> None:
    """The key you signed with before goes on signing."""

    def do() -> str:
        actions.cancel_change(request.auth, change_id)
        return change_id

    write_once(request, do)


@router.get(
    "/awaited_signatures",
    response=Page[AwaitedShown],
    operation_id="list_awaited_signatures",
    summary="Records that wait for a key on your own device",
)
def list_awaited_signatures(request: ProgramRequest, paging: Query[Paging]) -> Page[AwaitedShown]:
    """The newest first."""
    return page_of(awaited_of(request.auth), paging, lambda rows: [AwaitedShown.of(row) for row in rows])


@router.post(
    "/awaited_signatures/{awaited_id}/signature",
    response={201: RecordShown},
    operation_id="sign_record",
    summary="Hand in the signature of a record",
)
def sign_record(request: ProgramRequest, awaited_id: Id, asked: SignatureAsked) -> RecordShown:
    """Made with `evenhand sign`; the private key never comes here."""

    def do() -> str:
        return actions.sign_record(request.auth, awaited_id, asked.content).public_id

    return RecordShown.of(Record.objects.get(public_id=write_once(request, do, asked)))
