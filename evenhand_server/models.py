"""All rooms' models, gathered for Django."""

from evenhand_server.dealings.models import Dealing, Decline, Message
from evenhand_server.directory.models import DirectoryEntry, DirectoryImport, DirectoryRemoval
from evenhand_server.domains.models import DomainClaim, DomainProof
from evenhand_server.intents.models import Closure, Correction, Draft, Intent, Wish, WordSaid
from evenhand_server.interests.models import (
    Interest,
    InterestVersion,
    Posting,
    Retirement,
    Said,
    Standing,
    StandingAcceptance,
)
from evenhand_server.invitations.models import (
    Claim,
    Guest,
    Invitation,
    Link,
    LinkRevocation,
    MailCode,
    Silence,
    Supplier,
    SupplierList,
    SupplierSheet,
)
from evenhand_server.journal.models import Change, DueRow, Entry
from evenhand_server.keys.models import KeyChange
from evenhand_server.letters.models import Bounce, Letter, MailArrival, MailTest
from evenhand_server.limits.models import Allowance
from evenhand_server.market.models import Market, Operator, SetupKey
from evenhand_server.matching.models import Match, Matching
from evenhand_server.news.models import Feed, MailChoice, MailHours, News
from evenhand_server.offers.models import Acceptance, Offer, OfferAttachment, OfferVersion, OfferWithdrawal
from evenhand_server.people.models import (
    Block,
    Departure,
    Detail,
    KeptDeals,
    Membership,
    Organisation,
    Party,
    Pause,
    Person,
    TermsPreference,
    Token,
)
from evenhand_server.purpose.models import Evidence
from evenhand_server.records.models import KeyRotation, OnceDone, SigningKey, StoredFile, Text
from evenhand_server.relationships.models import Relationship, VendorChange
from evenhand_server.safety.models import Appeal, Decision, Report
from evenhand_server.terms.models import (
    AwaitedSignature,
    CounterAnswer,
    Disclosure,
    Proffer,
    Record,
    Revocation,
    TermsAnswer,
)

__all__ = [
    "Acceptance",
    "Allowance",
    "Appeal",
    "AwaitedSignature",
    "Block",
    "Bounce",
    "Change",
    "Claim",
    "Closure",
    "Correction",
    "CounterAnswer",
    "Dealing",
    "Decision",
    "Decline",
    "Departure",
    "Detail",
    "DirectoryEntry",
    "DirectoryImport",
    "DirectoryRemoval",
    "Disclosure",
    "DomainClaim",
    "DomainProof",
    "Draft",
    "DueRow",
    "Entry",
    "Evidence",
    "Feed",
    "Guest",
    "Intent",
    "Interest",
    "InterestVersion",
    "Invitation",
    "KeptDeals",
    "KeyChange",
    "KeyRotation",
    "Letter",
    "Link",
    "LinkRevocation",
    "MailArrival",
    "MailChoice",
    "MailCode",
    "MailHours",
    "MailTest",
    "Market",
    "Match",
    "Matching",
    "Membership",
    "Message",
    "News",
    "Offer",
    "OfferAttachment",
    "OfferVersion",
    "OfferWithdrawal",
    "OnceDone",
    "Operator",
    "Organisation",
    "Party",
    "Pause",
    "Person",
    "Posting",
    "Proffer",
    "Record",
    "Relationship",
    "Report",
    "Retirement",
    "Revocation",
    "Said",
    "SetupKey",
    "SigningKey",
    "Silence",
    "Standing",
    "StandingAcceptance",
    "StoredFile",
    "Supplier",
    "SupplierList",
    "SupplierSheet",
    "TermsAnswer",
    "TermsPreference",
    "Text",
    "Token",
    "VendorChange",
    "Wish",
    "WordSaid",
]
