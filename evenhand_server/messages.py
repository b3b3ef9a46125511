"""Every sentence people read for a code: errors, doubts, reasons, findings, events; translatable, with named data."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from django.conf import settings
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from evenhand.errors import EvenhandError
from evenhand.measures import Money, decimals_of
from evenhand.terms.roster import Roster
from evenhand.words.tree import Tree

A_MINUTE = 60
MINUS = "\N{MINUS SIGN}"
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "INR": "₹", "CHF": "CHF ", "SEK": "SEK ", "DKK": "DKK "}

CONDITIONS = (
    ("new", _("New")),
    ("used", _("Used")),
    ("refurbished", _("Refurbished")),
    ("hire", _("For hire")),
    ("repair", _("Repair")),
)
PERIODS = (
    ("", _("all of it")),
    ("unit", _("each piece")),
    ("hour", _("each hour")),
    ("day", _("each day")),
    ("week", _("each week")),
    ("month", _("each month")),
    ("year", _("each year")),
)
CURRENCIES = tuple((code, code) for code in ("GBP", "EUR", "USD", "CHF", "SEK", "DKK", "NOK", "PLN", "JPY", "INR"))
LANGUAGES = (("en", _("English")), ("de", _("German")), ("fr", _("French")), ("es", _("Spanish")), ("cy", _("Welsh")))
VALUES = (
    ("fair_trade", _("Fair trade")),
    ("ethical", _("Ethical")),
    ("organic", _("Organic")),
    ("b_corp", _("B Corp")),
    ("gots", _("GOTS textiles")),
    ("fsc", _("FSC wood and paper")),
    ("sustainable", _("Sustainable")),
    ("local", _("Local")),
    ("second_hand", _("Second-hand")),
    ("vegan", _("Vegan")),
    ("cruelty_free", _("Cruelty-free")),
    ("recycled", _("Recycled")),
    ("plastic_free", _("Plastic-free")),
    ("compostable", _("Compostable")),
    ("repairable", _("Repairable")),
    ("independent", _("Independent")),
    ("family_business", _("Family business")),
    ("cooperative", _("Co-operative")),
    ("social_enterprise", _("Social enterprise")),
    ("handmade", _("Handmade")),
    ("women_owned", _("Women-owned")),
    ("black_owned", _("Black-owned")),
    ("halal", _("Halal")),
    ("kosher", _("Kosher")),
    ("open_source", _("Open source")),
)

SENTENCES: dict[str, str | Promise] = {
    # What is wanted or offered, by its own code.
    **dict(CONDITIONS),
    **dict(VALUES),
    **dict(LANGUAGES),
    # What may not happen, and what to do instead.
    "error": _("That did not work."),
    "not_found": _("There is nothing here."),
    "forbidden_action": _("In the role “%(role)s” you cannot do this. Ask a steward of your organisation."),
    "too_often": _("That was often in a short time, from your account or your network. Try again %(retry_after)s."),
    "key_used_otherwise": _("This idempotency key was already used for something else. Use a new one."),
    "own_token_needed": _("This is the person's own. Use a token that they made while acting for themself."),
    "no_such_person": _("Nobody here goes by the user name “%(username)s”. Ask them to sign up first."),
    "mail_put_off": _("The mail server could not be reached, or asks for patience (%(answer)s)."),
    "mail_refused": _("The mail server refused the mail (%(answer)s)."),
    "mailbox_refused": _("The mail server says that this mailbox takes nothing (%(answer)s)."),
    "mail_not_proved": _("Nobody can be invited yet: whoever runs this server has not shown that its mail arrives."),
    "last_operator": _("This is the last operator. Name somebody else first."),
    "last_steward": _("This is the last steward. Make somebody else a steward first."),
    "steward_of_others": _(
        "Others act for %(organisation)s, and you are its only steward. Make somebody else a steward first."
    ),
    "domain_not_shown": _("This does not show that the domain is yours: a wrong or old code, or no record in DNS."),
    "directory_too_large": _("This file is larger than 5 MB. Bring it in in parts."),
    "directory_no_text": _("This is no CSV file. In your spreadsheet choose “save as CSV”."),
    "directory_empty": _("There is nothing in it: it needs headings, and one business a row."),
    "directory_too_long": _("There are more than 20,000 rows in it. Bring it in in parts."),
    "domain_code": _("This is not the code from the mail. Look again: it has six digits."),
    "domain_code_old": _("This code is a day old, or was tried five times. Ask for another below."),
    "domain_record": _("DNS does not have the record yet. Check its name and text; it may take an hour to be seen."),
    "already_decided": _("Somebody decided this meanwhile. Look at it again."),
    "already_reported": _(
        "You have reported this already. Whoever runs this server will decide, and you will be told."
    ),
    "no_appeal": _(
        "This cannot be appealed: it was not decided against you, its time is over, or one appeal was made."
    ),
    "paused": _(
        "A report about you was found right. You can neither ask nor answer until %(until)s. See your reports."
    ),
    "already_answered": _("This was answered before, and one answer is all there is."),
    "dealing_ended": _("This has ended: one side said no, or the request is closed."),
    "intent_closed": _("This request is closed. You can ask again with a new one."),
    "mailbox_unconfirmed": _("Please confirm your e-mail address first: open the link in the message we sent you."),
    "not_traded": _("“%(what)s” is not traded on this server. Who runs it decided so; “about” says who that is."),
    "nothing_wanted": _("Say what you want, and choose the kind of thing or service."),
    "too_many_changes": _(
        "That is more than fits one business: at most %(limit)s. Change what stands already, or go on tomorrow."
    ),
    "nothing_offered": _("Name at least one kind of thing or service that you sell or do."),
    "too_many_open_intents": _(
        "You have %(limit)s open requests, and that is the most for now. Wait until one closes; one that you withdraw "
        "counts for a day more. With every deal you keep you may have more."
    ),
    "no_agreement": _("This needs terms that both sides have agreed to, and there are none yet."),
    "nothing_to_disclose": _("Your details say nothing under “%(field)s” yet. Fill that in first."),
    "terms_late": _("The time to answer these terms is over. Nothing was agreed."),
    "signature_late": _("The time to sign this is over. It binds nobody; you may agree on it anew."),
    "key_on_device": _("Your key lies on your own device. Begin the change there: this server cannot make it alone."),
    "key_taken": _("This key was used before. Make a fresh one: a key used twice shows whose it is."),
    "key_unreadable": _("This is no public key. It begins with did:key:z6Mk; the command “evenhand key” prints it."),
    "change_under_way": _("Another change of this key waits for its signatures. Finish it, or leave the key as it is."),
    "signature_wrong": _("This signature does not fit. Sign exactly the file you downloaded, with the key named here."),
    "day_wrong": _("We could not read that day. Nothing was told to them."),
    "day_over": _("This day is over. Choose a later one, or none."),
    "terms_not_proffered": _("No terms were named here, so there is nothing to answer."),
    "unknown_terms": _("We don't know the terms “%(terms)s”. Choose some from the list."),
    "offer_changed": _(
        "The offer was changed or taken back, or its time was over, while you were reading. Look at it once more."
    ),
    "offer_wrong": _("The offer does not add up. %(finding)s"),
    "too_many_invitations": _("One request can be sent to %(limit)s sellers at most."),
    "too_many_invitations_today": _(
        "You can ask %(limit)s sellers within a day, and more with every deal you keep. Ask the others tomorrow, or "
        "pass a link on."
    ),
    "nobody_to_invite": _("Nobody of these can be asked: they were asked before, or want no mail from here."),
    "guest_code_wrong": _("This is not the code, or its time is over. Look at the newest mail, or ask for a new one."),
    "already_heard": _("You have heard of this request in your account here. Please answer there."),
    "list_name_taken": _("You have another list called “%(name)s”."),
    "list_full": _("A list holds %(limit)s sellers at most. Make a second one."),
    "account_exists": _("There is an account with this mailbox or user name already. Sign in instead."),
    # What a program may have got wrong.
    "malformed": _("The body is no JSON that can be read."),
    "token_needed": _("Send a token that is still good: “Authorization: Bearer …”. You make one on your pages."),
    "method_not_allowed": _("This address does not know this method."),
    "too_large": _("This is more than any request here needs."),
    "too_many_requests": _("That was a lot at once. Wait a little, then try again."),
    "server_error": _("This is our own fault, and nothing was done. Try again later."),
    "crossed": _("Somebody did the same at the same moment. Look again, then decide."),
    "input_invalid": _("Some of what was sent cannot be used. “errors” says which fields, and why."),
    "input_missing": _("This is needed."),
    "input_extra_forbidden": _("There is no such field here."),
    "input_no_letter": _("Null characters and lone surrogates are no letters."),
    "input_blank": _("Write some words."),
    "input_line_end": _("Write this on one line, without control characters."),
    "input_day": _("Write a day such as 2026-11-22."),
    "input_literal_error": _("One of these: %(expected)s."),
    "input_string_type": _("Send a text."),
    "input_string_unicode": _("This text holds half a letter (a lone surrogate)."),
    "input_string_too_long": _("At most %(max_length)s characters."),
    "input_string_too_short": _("At least %(min_length)s characters."),
    "input_string_pattern_mismatch": _("This must look like %(pattern)s."),
    "input_int_type": _("Send a whole number, without quotes."),
    "input_float_type": _("Send a number, without quotes."),
    "input_bool_type": _("Send true or false."),
    "input_list_type": _("Send a list."),
    "input_model_type": _("Send an object."),
    "input_model_attributes_type": _("Send an object."),
    "input_too_long": _("At most %(max_length)s of them."),
    "input_too_short": _("At least %(min_length)s of them."),
    "input_greater_than_equal": _("At least %(ge)s."),
    "input_less_than_equal": _("At most %(le)s."),
    "input_cursor": _("This is no cursor of this server. Begin again without one."),
    "input_key": _("An idempotency key has 1 to 100 letters, digits or signs, and no spaces."),
    # What the library refuses.
    "bad_key": _("This key cannot be trusted."),
    "behind": _("Not everything that changed has arrived here yet. It is tried again by itself."),
    "bundle_unfit": _("What should be packed does not belong together."),
    "bundle_unreadable": _("This file is no bundle that we can read."),
    "ceremonies_differ": _("The two copies tell different stories."),
    "container_unreadable": _("This file is no bundle that we can read. It may be damaged."),
    "counter_not_on_roster": _("Choose other terms from the list. These do not fit here."),
    "line_unreadable": _("A line of the file cannot be read."),
    "not_canonical": _("This cannot be written down as a record."),
    "not_signed": _("A signature is missing."),
    "segment_stale": _("This index was made with another list of kinds or by another version. Make it anew."),
    "segment_unreadable": _("This index file cannot be read. Make it anew."),
    "not_yours_to_sign": _("This record does not ask for your signature."),
    "not_wanted_by_both": _("Going on together takes a yes from both sides."),
    "out_of_turn": _("This is not the next step here."),
    "record_malformed": _("This record cannot be read."),
    "record_unreadable": _("This record cannot be read."),
    "roster_unreadable": _("The list of terms cannot be read."),
    "rotation_invalid": _("This change of keys is not what it says."),
    "second_counter": _("Other terms can be asked for only once."),
    "separation_plan": _("The plan for parting does not fit."),
    "step_not_signed": _("This step lacks the signature of whoever may take it."),
    "terms_do_not_fit": _("The terms “%(terms)s” are not made for going on together."),
    "terms_reserved": _("The name “%(terms)s” belongs to another list of terms."),
    "time_box": _("The dates do not fit together."),
    "weak_salt": _("This salt is too short or too long to hide anything."),
    "wrong_side_of_deadline": _("The time for this answer is over."),
    # What a form lacks.
    "name_missing": _("Write a name first."),
    "file_refused": _("“%(name)s” is nothing that is kept here. Pictures (JPEG, PNG, WebP) and PDFs are."),
    "file_refused_kind": _("“%(name)s” is no picture (JPEG, PNG, WebP) and no PDF, whatever it is called."),
    "file_refused_size": _("“%(name)s” is empty or larger than 5 MB."),
    "file_refused_picture": _("“%(name)s” is a picture that cannot be opened, or has too many points."),
    "too_many_attachments": _("An offer holds %(limit)s files at most. Take one off first."),
    "request_too_large": _("This is larger than anything that is needed here: 20 MB in all."),
    "sheet_too_large": _(
        "This file is larger than 1 MB. Save only the sellers' columns, or split it. Nothing was kept."
    ),
    "sheet_too_long": _("This file has more than %(value)s lines. Split it into several lists. Nothing was kept."),
    "sheet_no_text": _("This is no CSV file. Save the sheet as “CSV UTF-8” and choose that file. Nothing was kept."),
    "sheet_empty": _("There is nothing in this file."),
    "sheet_no_mailbox": _("We find no column with e-mail addresses. Call one “e-mail” in the first line."),
    "row_no_mailbox": _("Line %(row)s: “%(value)s” is no e-mail address."),
    "row_formula": _("Line %(row)s: “%(value)s” begins like a formula, so the line is left out."),
    "row_too_long": _("Line %(row)s: “%(value)s…” is too long."),
    "row_no_text": _("Line %(row)s holds characters that are no text."),
    "row_twice": _("Line %(row)s: %(value)s stands further up already."),
    "answer_missing": _("Choose an answer first."),
    "draft_incomplete": _("Something is still missing. We need at least the kind of thing or service."),
    "message_empty": _("Write something first."),
    "nothing_to_report": _("There is nothing of this kind here that could be reported."),
    "nothing_ticked": _("Tick at least one detail first."),
    "sentence_empty": _("Write in a sentence what you are looking for."),
    # What was just done.
    "done_blocked_as_guest": _("Blocked. They cannot ask you for anything any more."),
    "done_reported_as_guest": _("Thank you. It is looked at; keep this in an account to see what becomes of it."),
    "done_claimed": _("It is in your account now, and you act for it."),
    "done_guest_code": _("The code is on its way to the mailbox of this link."),
    "code_stands": _("We sent the code to the mailbox of this link. It stays good for an hour; look there once more."),
    "done_invited": _("They are being asked. You see here how it stands."),
    "done_invitation_revoked": _("Taken back. The link opens nothing any more."),
    "done_left": _("This browser has forgotten you. The link in the mail still works."),
    "done_link_made": _("Here is your link."),
    "done_link_revoked": _("Taken back. The link opens nothing any more; you can make another."),
    "done_list_kept": _("Saved."),
    "done_list_removed": _("The list is gone."),
    "done_mailed_again": _("The mail is on its way once more."),
    "done_own_link": _("Look into your mailbox: your own link is on its way."),
    "done_silenced": _("Nobody on this server can send an invitation to this mailbox any more."),
    "done_supplier": _("Saved."),
    "done_supplier_removed": _("Taken out of the list."),
    "done_accepted": _("Agreed, and signed by both sides. The other sellers get a friendly no."),
    "done_appealed": _("Sent. Somebody looks at it again, and both sides are told."),
    "done_blocked": _("You will not meet them again."),
    "done_brought_in": _("This is what is in it. Nothing is taken in yet."),
    "done_taking_in": _("It is being taken in."),
    "done_undone": _("Taken out again, with every entry of it."),
    "done_domain_claimed": _("Good. Now show that it is yours."),
    "done_domain_removed": _("Gone. Your name is shown as not verified."),
    "done_domain_verified": _("Verified. Whoever asks sees it beside your name."),
    "done_decided": _("Decided. Both sides are being told."),
    "done_reported": _("Thank you. Whoever runs this server will look at it, and you will be told what was decided."),
    "done_unblocked": _("You may meet them again, in requests to come."),
    "done_counter_no": _("You said no to the other terms. The seller is being told."),
    "done_counter_yes": _("Agreed, and signed by both sides."),
    "done_declined": _("You said no. They are being told, with your reason."),
    "done_details": _("Saved."),
    "done_discarded": _("The draft is gone."),
    "done_disclosed": _("They can see it now. You can take it back at any time."),
    "done_evidence": _("Saved. Requests that ask for this will find you."),
    "done_evidence_removed": _("Taken away. It no longer counts for you."),
    "done_go_on": _("Asked. It begins only if they want it too."),
    "done_interest": _("Saved. New requests that fit reach you at once, those already open within a day."),
    "done_member": _("They can act for your organisation now."),
    "done_member_ended": _("They no longer act for your organisation."),
    "done_message": _("Sent."),
    "done_offer": _("Your offer is with them."),
    "done_offer_withdrawn": _("Your offer is taken back."),
    "done_organisation": _("Your organisation is here, and you act for it now. Who else should?"),
    "done_preferences": _("Saved. From now on we go by this in your name."),
    "done_key_changed": _("Done. The new key signs from now on; what the old one signed stays valid."),
    "done_change_cancelled": _("The key stays as it was."),
    "done_signature": _("This signature is right. One more is missing."),
    "done_signed": _("Signed. Both sides hold the record now."),
    "done_change_told": _("Told. The terms of all who asked are being put to you again."),
    "done_all_revoked": _("All taken back. They no longer see any of it here, and are being told."),
    "done_agreement_revoked": _("Taken back. They see nothing of it here any more, and are being told."),
    "done_published": _("Published. We are looking for sellers who fit."),
    "done_retired": _("You will hear of such requests no more."),
    "done_revoked": _("Taken back. They no longer see it here, and are being told."),
    "done_standing_terms": _("Saved. Requests under the terms you ticked open at once."),
    "done_terms_accepted": _("Agreed, and signed by both sides."),
    "done_signing": _("Agreed. It binds both of you once the device that keeps the key has signed."),
    "done_terms_countered": _("You asked for other terms. Now it is their turn."),
    "done_terms_refused": _("You said no to the terms. They are being told."),
    "done_token_revoked": _("This program can no longer get in."),
    "done_let_hear": _("They will hear of it now."),
    "done_withdrawn": _("Your request is withdrawn. The sellers who heard of it are being told."),
    # Why a seller fits a request.
    "category_same": _("Answers exactly this: %(category)s"),
    "category_wider": _("Answers this and more: %(category)s"),
    "category_narrower": _("Answers a part of this: %(category)s"),
    "words_wanted": _("Looks for your words: %(words)s"),
    "anywhere": _("Distance does not matter"),
    "same_country": _("In the same country"),
    "near": _("Less than %(under_km)s km away"),
    "far": _("More than %(over_km)s km away"),
    "within_budget": _("Within the budget"),
    "partly_within_budget": _("Partly within the budget"),
    "over_budget": _("Over the budget"),
    "price_not_compared": _("The price could not be compared with the budget"),
    "value_evidenced": _("%(value)s: %(issuer)s vouches for it until %(valid_until)s"),
    "no_value_evidenced": _("Nothing shown for the values that count here"),
    "condition": _("Condition: %(condition)s"),
    "language": _("Speaks %(language)s"),
    "accepts_terms": _("Accepts the terms as they are"),
    "may_counter": _("May ask for other terms"),
    "mentions": _("Says the same words: “%(words)s”"),
    # How offers compare.
    "price": _("%(minor)s in all"),
    "experience": _("%(percent)s %% of what people told was good"),
    "experience_unknown": _("Nobody has told about them yet"),
    "arrives": _("There by %(day)s"),
    "arrival_not_said": _("No day was said"),
    "in_time": _("In time"),
    "too_late": _("Later than needed"),
    "leaving_costs": _("Leaving costs %(minor)s"),
    "notice": _("%(days)s of notice to leave"),
    "free_to_leave": _("Leave at any time, free of charge"),
    # If nobody fits: what would help.
    "wider": _("within %(radius_km)s km"),
    "dearer": _("with a budget up to %(most)s"),
    "without_evidence": _("without asking for proof of “%(value)s”"),
    "without_any_evidence": _("without asking for proof of any value"),
    "any_condition": _("in any condition"),
    # How many sellers, in round numbers.
    "roughly_none": _("none"),
    "roughly_few": _("fewer than %(count)s"),
    "roughly": _("about %(count)s"),
    "roughly_many": _("more than %(count)s"),
    # What the check of an offer finds.
    "no_lines": _("There is nothing in it yet."),
    "line_total_differs": _("Line %(line)s says %(said)s, but number times price makes %(expected)s."),
    "total_differs": _("The total says %(said)s, but lines and delivery make %(expected)s."),
    "amount_negative": _("“%(field)s” can't be below zero."),
    "no_longer_valid": _("It was good until %(valid_until)s, and that day is over."),
    "currency_differs": _("The budget is in %(wanted)s, the offer in %(currency)s."),
    "later_than_needed": _("It would be there on %(arrives)s, but is needed by %(needed_by)s."),
    # What a sentence leaves open.
    "doubt_nothing_said": _("What are you looking for?"),
    "doubt_language_unknown": _("We did not recognise the language. What kind of thing or service is it?"),
    "doubt_category_missing": _("What kind of thing or service is it?"),
    "doubt_category_unsure": _("Which of these do you mean?"),
    "doubt_place_missing": _("Where do you need it?"),
    "doubt_place_unsure": _("Which place do you mean?"),
    "doubt_budget_missing": _("How much would you spend at most?"),
    "doubt_budget_unsure": _("Is this amount your budget?"),
    "doubt_date_unsure": _("Do you need it by this day?"),
    "doubt_quantity_unsure": _("Is this how many you need?"),
    "doubt_condition_missing": _("Should it be new, used or refurbished?"),
    # Where another place of the same name lies.
    "direction_n": _("north"),
    "direction_ne": _("north-east"),
    "direction_e": _("east"),
    "direction_se": _("south-east"),
    "direction_s": _("south"),
    "direction_sw": _("south-west"),
    "direction_w": _("west"),
    "direction_nw": _("north-west"),
    # A coarse sign that somebody real asks.
    "since_new": _("here for less than three months"),
    "since_quarter": _("here for three months or more"),
    "since_year": _("here for a year or more"),
    "kept_none": _("no deal kept yet"),
    "kept_some": _("a few deals kept"),
    "kept_many": _("five deals or more kept"),
    # Reports: what they are about, why, and where they stand.
    "subject_request": _("The request"),
    "subject_offer": _("Their offer"),
    "subject_message": _("Something they wrote"),
    "subject_party": _("They themselves"),
    "report_spam": _("It is advertising, or sent to everybody"),
    "report_fraud": _("Somebody tries to cheat"),
    "report_not_traded": _("This must not be traded here"),
    "report_rude": _("It threatens or insults"),
    "report_privacy": _("It tells what is nobody's business"),
    "report_farming": _("They only want to know prices or people"),
    "report_other": _("Something else"),
    "state_waiting": _("Not decided yet"),
    "state_appealed": _("Being looked at again"),
    "state_dismissed": _("Nothing was found wrong"),
    "state_upheld": _("The report was right"),
    "state_paused": _("The report was right; they may neither ask nor answer for 30 days"),
    # A warning before publishing.
    "rare_combination": _(
        "Taken together, these details may fit only you: %(fields)s, close to %(place)s. Leave one out, or name a "
        "wider area, if you would rather not be recognised."
    ),
    # What a vendor's own website says.
    "website_unreachable": _("Nothing answers there"),
    "website_leads_here": _("Leads here: always the same"),
    "website_same": _("Says the same as here"),
    "website_differs": _("Says something else than here"),
    "website_missing": _("Nothing stands there"),
    "website_unreadable": _("What stands there cannot be read"),
    # How an invitation stands.
    "invitation_sent": _("Asked"),
    "invitation_unsure": _("Perhaps not mailed"),
    "invitation_refused": _("Could not be mailed"),
    "invitation_opened": _("Answering"),
    "invitation_bounced": _("The mail came back"),
    "invitation_revoked": _("Taken back"),
    "invitation_over": _("Time is over"),
    # How terms stand.
    "terms_proffered": _("Waiting for an answer to the terms"),
    "terms_signing": _("Waiting for a signature from a device"),
    "terms_countered": _("Other terms asked for"),
    "terms_accepted": _("Terms agreed"),
    "terms_refused": _("Terms refused"),
    "terms_revoked": _("Taken back"),
    "terms_expired": _("Not answered, or not signed, in time"),
    # What terms are about.
    "stand_always": _("I name these myself"),
    "stand_if_asked": _("Fine, if somebody asks for them"),
    "stand_ask": _("Ask me each time"),
    "stand_never": _("Never"),
    "stand_none": _("None"),
    "first_not_named": _("To be named first these terms must be set to “{stand}”."),
    "between_person_and_organisation": _("Between a person and an organisation"),
    "between_organisations": _("Between organisations"),
    "between_people": _("Between people"),
    "gates_intent": _("For a request"),
    "gates_relationship": _("For going on together"),
    "gates_contribution": _("For giving something to be used"),
    "right_service_delivery": _("use it to deliver what was asked for"),
    "right_own_analytics": _("study how their service is used"),
    "right_own_tracking": _("remember visits from one to the next"),
    "right_own_profiling": _("draw up a picture of the person"),
    "right_others_analytics": _("let others study it"),
    "right_others_tracking": _("let others follow the person"),
    "right_others_profiling": _("let others draw up a picture of the person"),
    "right_sharing": _("pass it on"),
    "right_sharing_anonymised": _("pass it on where nobody can be found in it"),
    "right_intent_answering": _("read the request and answer it"),
    "right_ai_training": _("train software on it"),
    "right_public_good": _("use it for the public good"),
    "right_sub_contractors": _("show it to sub-contractors"),
    "duty_service_delivery": _("deliver what was agreed"),
    "duty_deletion_on_request": _("delete it when asked"),
    "duty_deletion_at_end": _("delete it at the end"),
    "duty_transparency_on_request": _("say what they hold when asked"),
    "duty_portability": _("hand everything back when asked, in a form that programs can read"),
    "duty_confidentiality": _("keep it to themselves"),
    "duty_sub_contractors_named": _("name their sub-contractors"),
    # How a request ends, and why somebody says no.
    "intent_open": _("Open"),
    "intent_accepted": _("Accepted"),
    "intent_withdrawn": _("Withdrawn"),
    "intent_expired": _("Time is over"),
    "decline_not_for_us": _("It is not for them."),
    "decline_no_capacity": _("They have no time or stock just now."),
    "decline_too_far": _("It is too far."),
    "decline_price": _("The price does not fit."),
    "decline_not_going_on": _("They do not wish to go on with this. Thank you for your time."),
    "decline_not_signed": _("The device that keeps the key did not sign in time, so it binds nobody."),
    "decline_agreement_revoked": _("They took their agreement back."),
    "decline_other": _("For another reason."),
    "decline_went_with_another": _("They went with another seller. Thank you for answering."),
    "decline_accepted": _("They went with another seller. Thank you for answering."),
    "decline_withdrawn": _("They withdrew the request. Thank you for your time."),
    "decline_expired": _("The time of the request was over. Thank you for your time."),
    "budget_shown": _("Sellers see your budget as a range at first, and the exact amount once they accept your terms."),
    "budget_banded": _("Sellers see your budget as a range only."),
    "budget_hidden": _("Sellers do not see your budget."),
    # Signed records.
    "kind_terms": _("Terms agreed"),
    "kind_offer": _("Offer accepted"),
    "kind_relationship": _("Relationship begun"),
    "kind_interaction": _("Answer to the terms"),
    "kind_disclosure": _("Detail disclosed"),
    "kind_revocation": _("Detail taken back"),
    "signed_asking": _("Signed on the side that asks."),
    "signed_answering": _("Signed on the seller's side."),
    "custody_server": _("with a key that this server keeps"),
    "custody_own_device": _("with a key on their own device"),
    "custody_one_time_link": _("by a one-time link"),
    "farewell_settle_what_is_owed": _("settle what is owed"),
    "farewell_return_data": _("give back each other's data"),
    "farewell_return_goods": _("give back borrowed goods"),
    "farewell_final_invoice": _("send the last invoice"),
    # Fields of a request, of an offer, and of a person's details.
    "field_category": _("What"),
    "field_place": _("Where"),
    "field_area": _("Where"),
    "field_country": _("Country"),
    "field_time_zone": _("Time zone"),
    "field_budget": _("Budget"),
    "field_quantity": _("How many"),
    "field_needed_by": _("Needed by"),
    "field_condition": _("Condition"),
    "field_conditions": _("Condition"),
    "field_values": _("Values"),
    "field_must_haves": _("Must have"),
    "field_nice_to_haves": _("Nice to have"),
    "field_exclusions": _("Not wanted"),
    "field_languages": _("Languages"),
    "field_total": _("Total"),
    "field_delivery": _("Delivery"),
    "field_leaving": _("What it costs to leave"),
    "field_name": _("Name"),
    "field_email": _("E-mail"),
    "field_phone": _("Phone"),
    "field_street": _("Street and number"),
    "field_town": _("Town"),
    "field_postcode": _("Postcode"),
    # What is cut from the words.
    "held_email": _("E-mail address"),
    "held_phone": _("Phone number"),
    "held_url": _("Link"),
    "held_postcode": _("Postcode"),
    "held_street": _("Street address"),
    "held_signature": _("Signature"),
    "held_name": _("Name"),
    # For how long an amount is.
    "per_unit": _("each"),
    "per_hour": _("an hour"),
    "per_day": _("a day"),
    "per_week": _("a week"),
    "per_month": _("a month"),
    "per_year": _("a year"),
    # What people are told, of which kind, and how.
    "news_kind_requests": _("Requests that fit what you answer"),
    "news_kind_terms": _("Answers about terms"),
    "news_kind_offers": _("Offers to your requests"),
    "news_kind_words": _("Questions and answers"),
    "news_kind_deals": _("Deals: a yes, a no, details, going on together"),
    "news_kind_records": _("Digests of what was signed"),
    "news_kind_server": _("Your account and this server"),
    "how_at_once": _("at once"),
    "how_daily": _("once a day"),
    "how_never": _("never"),
    "news_domain_lapsed": _("Your domain is not verified any more"),
    "news_report_waits": _("A report waits for you"),
    "news_report_decided": _("A report was decided"),
    "news_request_heard": _("Somebody wants something that you answer"),
    "news_terms_accepted": _("A seller accepted your terms"),
    "news_terms_countered": _("A seller asks for other terms"),
    "news_terms_refused": _("A seller will not take your terms"),
    "news_terms_expired": _("A seller did not answer your terms in time"),
    "news_counter_accepted": _("The terms you asked for were accepted"),
    "news_counter_refused": _("The terms you asked for were refused"),
    "news_counter_expired": _("The terms you asked for were not answered in time"),
    "news_offer_made": _("There is an offer to your request"),
    "news_offer_changed": _("An offer to your request was changed"),
    "news_offer_withdrawn": _("An offer to your request was taken back"),
    "news_question_asked": _("You were asked something"),
    "news_question_answered": _("Your question was answered"),
    "news_no_said": _("The other side said no, or the request has ended"),
    "news_offer_accepted": _("Your offer was accepted"),
    "news_detail_given": _("You were given a detail"),
    "news_detail_taken_back": _("A detail that you were given was taken back"),
    "news_going_on_asked": _("The other side would like to go on with you"),
    "news_relationship_begun": _("You go on together"),
    "news_terms_put_anew": _("Terms you had agreed to were put to you again"),
    "news_vendor_changed": _("A seller changed, and has to agree to your terms again"),
    "news_signature_awaited": _("A record waits for your device to sign"),
    "news_signature_expired": _("A record was not signed in time, and binds nobody"),
    "news_agreement_revoked": _("An agreement with you was taken back"),
    "news_record_signed": _("A record was signed; keep its digest"),
    "news_mailbox_refused": _("Your mailbox sent our mail back, so we write there no more"),
    "news_work_given_up": _("Something failed for good and waits for you"),
    "news_": _("There is something new"),
    "mail_goes_nowhere": _("Mail is only kept in a folder here. Name a mail server in the settings, and start again."),
    "mail_failed": _("The mail server did not take it. What it said: %(answer)s"),
    "done_operator": _("You look after this server now."),
    "done_settled": _("Saved. It holds from now on."),
    "done_mail_works": _("Mail arrives. Others can be invited now."),
    "done_tried_again": _("It is tried again."),
    "setup_key_used": _("This one-time address is used up. If you have just made your account, sign in with it."),
    "done_let_go": _("It was let go."),
    "step_post_letter": _("Send a mail"),
    "step_match_intent": _("Find sellers for a request"),
    "step_match_interest": _("Look at new interests"),
    "step_tell_vendor": _("Tell a seller"),
    "step_tell_asker": _("Tell who asked"),
    "step_expire_intent": _("Close a request whose time is over"),
    "step_expire_proffer": _("Close terms that nobody answered"),
    "step_expire_signature": _("End a signature that nobody gave"),
    "step_say_friendly_no": _("Tell the others no"),
    "step_begin_relationship": _("Let two go on together"),
    "step_tell_digest": _("Tell both sides the digest of what was signed"),
    "step_proffer_anew": _("Put terms to a seller anew that has changed"),
    "step_prune_allowances": _("Forget limits that nobody has used up"),
    "step_count_kept_deals": _("Count the deals that somebody kept"),
    "step_end_after_block": _("End what was open between two after a block"),
    "step_take_in_directory": _("Take a file into the local directory"),
    "step_look_at_domain": _("Look whether a website is still a seller's"),
    "letter_news": _("A mail about news"),
    "letter_digest": _("A daily mail"),
    "letter_invitation": _("An invitation to a seller"),
    "letter_guest_news": _("A mail to an invited seller that there is something new"),
    "letter_guest_records": _("A mail to an invited seller with the digests of what was signed"),
    "letter_guest_code": _("A code for an invited seller"),
    "letter_domain_code": _("A code for a seller's website"),
    "letter_refused": _("The mail server refused it: %(answer)s"),
    "letter_unsure_news": _(
        "It may have gone out before a crash, or not. Let it go: what it told of comes with the next daily mail."
    ),
    "letter_unsure_digest": _(
        "It may have gone out before a crash, or not. Let it go: what it told of comes with the next daily mail."
    ),
    "letter_unsure_invitation": _(
        "It may have gone out before a crash, or not. Try again: the link in it stays the same, so a second mail does "
        "no harm. Whoever asked sees this too, and can mail it again."
    ),
    "letter_unsure_guest_news": _(
        "It may have gone out before a crash, or not, and no later mail tells of it. Try again: the link in it stays "
        "the same, so a second mail does no harm."
    ),
    "letter_unsure_guest_records": _(
        "It may have gone out before a crash, or not. Try again: a second mail with the same digests does no harm, and "
        "the next one names them too."
    ),
    "letter_unsure_guest_code": _(
        "It may have gone out before a crash, or not. Let it go: whoever waits for a code can ask for another."
    ),
    "letter_unsure_domain_code": _(
        "It may have gone out before a crash, or not. Let it go: whoever waits for a code can ask for another."
    ),
    "code_not_sent": _("The mail server did not take the mail. Try again later, or give another address."),
    "code_wrong": _("This is not the code of the last mail, or it is older than an hour. Ask for a new one."),
    "done_code_sent": _("A mail with a code is on its way."),
    "done_mailbox_works": _("We write to your mailbox again."),
    "done_news_seen": _("All of it counts as seen."),
    "done_mail_chosen": _("We write to you as you chose."),
    "done_feed_ended": _("Your feed is gone; its address leads nowhere any more."),
    # In which role somebody acts.
    "self": _("yourself"),
    "steward": _("steward"),
    "buyer": _("buyer"),
    "approver": _("approver"),
    "seller": _("seller"),
    "support": _("support"),
    "guest": _("guest"),
    "may_steward": _("does everything, and decides who acts for the organisation"),
    "may_buyer": _("asks, and talks with sellers"),
    "may_approver": _("accepts offers, and gives details"),
    "may_seller": _("says what the organisation answers, and makes offers"),
    "may_support": _("answers questions"),
    "may_guest": _("answers one request by an invitation, without an account"),
    # What the journal tells.
    "person.joined": _("Joined Evenhand"),
    "person.erased": _("Was erased"),
    "details.changed": _("Changed details: %(fields)s"),
    "organisation.founded": _("Founded an organisation"),
    "membership.begun": _("Let somebody act as %(role)s"),
    "membership.ended": _("Ended a membership"),
    "token.made": _("Let a program in"),
    "token.revoked": _("Locked a program out"),
    "evidence.added": _("Added evidence"),
    "evidence.removed": _("Removed evidence"),
    "intent.published": _("Published a request"),
    "intent.changed": _("Changed a request"),
    "intent.withdrawn": _("Withdrew a request"),
    "intent.expired": _("The time of a request was over"),
    "intent.matched": _("Looked for sellers: %(total)s found"),
    "interest.opened": _("Said what to answer"),
    "interests.imported": _("Brought in what to answer from a file"),
    "interest.changed": _("Changed what to answer"),
    "interest.retired": _("Stopped answering something"),
    "dealing.born": _("A seller heard of a request"),
    "dealing.declined": _("Said no"),
    "message.sent": _("Sent a message"),
    "vendor.changed": _("Told of a new owner or new terms"),
    "key.changed": _("Signs with a new key"),
    "key_change.begun": _("Began to change a key"),
    "key_change.cancelled": _("Left the key as it was"),
    "record.signed": _("Signed a record on an own device"),
    "signature.expired": _("A record was not signed in time"),
    "agreement.revoked": _("Took an agreement back"),
    "preferences.set": _("Your terms were set"),
    "standing_acceptance.set": _("Chose the terms to accept from anybody"),
    "terms.proffered": _("Named the terms “%(terms)s”"),
    "terms.accepted": _("Accepted the terms “%(terms)s”"),
    "terms.countered": _("Asked for “%(counter)s” instead of “%(terms)s”"),
    "terms.refused": _("Refused the terms “%(terms)s”"),
    "terms.expired": _("The terms “%(terms)s” were not answered in time"),
    "counter.accepted": _("Accepted the other terms “%(terms)s”"),
    "counter.refused": _("Refused the other terms “%(terms)s”"),
    "offer.made": _("Made an offer: %(total)s"),
    "offer.changed": _("Changed an offer: %(total)s"),
    "offer.withdrawn": _("Took an offer back"),
    "offer.accepted": _("Accepted an offer"),
    "detail.disclosed": _("Disclosed a detail: %(field)s"),
    "disclosure.revoked": _("Took a detail back"),
    "relationship.begun": _("A relationship began"),
    "suppliers.kept": _("Kept sellers in a list: %(count)s"),
    "suppliers.removed": _("Removed sellers from a list: %(count)s"),
    "invitations.made": _("Asked sellers who are not here: %(count)s"),
    "link.made": _("Made a link to pass on"),
    "link.revoked": _("Took a link back"),
    "link.requested": _("A seller asked for a link of their own"),
    "link.entered": _("A seller came back by their link"),
    "code.requested": _("A code was asked for"),
    "code.refused": _("A wrong code was given"),
    "mailbox.silenced": _("A mailbox wants no more invitations"),
    "guest.named": _("Said what the business is called"),
    "guest.claimed": _("Put what was answered by a link into an account"),
    "directory.imported": _("Had a directory taken in"),
    "directory.undone": _("Took a directory out again"),
    "directory.left": _("A business left the directory"),
    "domain.claimed": _("Named a domain"),
    "domain.verified": _("Showed that the domain is theirs"),
    "domain.lapsed": _("The domain was no longer shown to be theirs"),
    "domain.removed": _("Named no domain any more"),
    "party.blocked": _("Blocked somebody"),
    "party.unblocked": _("Lifted a block"),
    "report.made": _("Reported something"),
    "report.decided": _("Decided a report"),
    "report.appealed": _("Appealed against a decision"),
    "export.taken": _("Took a copy of everything"),
    "operator.named": _("Began to look after this server"),
    "operator.dismissed": _("Looks after this server no longer"),
    "market.settled": _("Settled what this market is"),
    "mail.proved": _("A test mail arrived"),
    "failure.settled": _("Decided about something that had failed"),
    "mail.chosen": _("Chose how to hear of news by mail"),
    "mail_hours.kept": _("Said when mail may come"),
    "feed.made": _("Got an address for a feed of news"),
    "feed.ended": _("Ended the feed of news"),
}


def say(code: str, data: Mapping[str, object] | None = None) -> str:
    """The sentence for a code, with its data filled in; a code without a sentence is shown as it is."""
    sentence = SENTENCES.get(code)
    if sentence is None:
        return code.replace("_", " ").replace(".", " ")
    try:
        return str(sentence) % readable(data or {})
    except (KeyError, ValueError, TypeError):
        return str(sentence)


def readable(data: Mapping[str, object]) -> dict[str, str]:
    """The data of a sentence as people write it: amounts with their currency, days, and what codes in it mean."""
    written = {name: WRITE[name](value) if name in WRITE else str(value) for name, value in data.items()}
    currency = str(data.get("currency") or "")
    for name in AMOUNTS & data.keys() if currency else ():
        written[name] = write_money(Money(int(str(data[name])), currency))
    return written


def write_category(node: object) -> str:
    """What people call a kind of thing or service."""
    return tree().name(str(node)) or str(node)


def write_day(day: object) -> str:
    """Sunday 22 November 2026."""
    return formats.date_format(date.fromisoformat(str(day)), "l j F Y")


def write_last_day(day: object) -> str:
    """22 November 2026."""
    return formats.date_format(date.fromisoformat(str(day)), "j F Y")


def write_days(count: object) -> str:
    """1 day; 14 days."""
    number = int(str(count))
    return ngettext("%(number)s day", "%(number)s days", number) % {"number": number}


def write_wait(seconds: object) -> str:
    """In 40 seconds; in 5 minutes; in 2 hours: rounded up, so that it is allowed by then."""
    number = int(str(seconds))
    if number < A_MINUTE:
        return ngettext("in %(number)s second", "in %(number)s seconds", number) % {"number": number}
    minutes = -(-number // A_MINUTE)
    if minutes < A_MINUTE:
        return ngettext("in %(number)s minute", "in %(number)s minutes", minutes) % {"number": minutes}
    hours = -(-minutes // A_MINUTE)
    return ngettext("in %(number)s hour", "in %(number)s hours", hours) % {"number": hours}


def write_field(field: object) -> str:
    """What a field is called."""
    return say(f"field_{field}")


def write_fields(fields: object) -> str:
    """What several fields are called, in one line."""
    names = fields if isinstance(fields, list | tuple) else str(fields).split()
    return ", ".join(map(write_field, names))


def write_several(codes: object) -> str:
    """Several codes with a space between them, in one line."""
    return ", ".join(map(say, str(codes).split()))


def write_terms(name: object) -> str:
    """What people call an entry of the roster; a name that is none stays as it is."""
    try:
        found = roster().find(str(name))
    except EvenhandError:  # The operator's own is wrong, and this writes the sentence that says so.
        found = None
    return found.title if found else str(name)


@cache
def roster() -> Roster:
    """The terms that came with this version, with the operator's own after them; read once for each process."""
    ours, own = Roster.load(files("evenhand.terms") / "data"), settings.ENVIRONMENT.roster_folder
    return ours.with_own(Roster.load(own)) if (own / "roster.json").exists() else ours


@cache
def tree() -> Tree:
    """The names of all kinds of things and services."""
    return Tree.load(files("evenhand.words") / "data" / "categories.tsv")


AMOUNTS = frozenset({"minor", "most", "said", "expected", "total"})
"""Data in minor units, wherever a currency stands beside it."""
WRITE: dict[str, Callable[[object], str]] = {
    "arrives": write_day,
    "category": write_category,
    "condition": write_several,
    "counter": write_terms,
    "day": write_day,
    "days": write_days,
    "field": write_field,
    "fields": write_fields,
    "finding": lambda code: say(str(code)),
    "language": write_several,
    "needed_by": write_day,
    "retry_after": write_wait,
    "role": lambda code: say(str(code)),
    "terms": write_terms,
    "until": write_last_day,
    "valid_until": write_last_day,
    "value": lambda code: say(str(code)),
}
"""How each kind of data is written."""


def write_money(money: Money) -> str:
    """An amount as people write it here: £2,000 or £12.50."""
    return write_price(money.major, money.currency)


def write_price(amount: Decimal, currency: str) -> str:
    """A price as people write it, also one of parts of a penny: £585, £9.50 or £0.125."""
    parts = -int(amount.normalize().as_tuple().exponent)
    places = max(decimals_of(currency), parts) if parts > 0 else 0
    number = formats.number_format(abs(amount), places, force_grouping=True, use_l10n=True)
    return f"{MINUS if amount < 0 else ''}{SYMBOLS.get(currency, f'{currency} ')}{number}"


def major_text(minor: int, currency: str) -> str:
    """An amount as a form shows it: 500 or 12.50, without a symbol."""
    money = Money(minor, currency)
    whole = money.major == money.major.to_integral_value()
    return f"{money.major:.0f}" if whole else f"{money.major:.{decimals_of(currency)}f}"


def read_money(text: str, currency: str) -> int:
    """Minor units from what somebody typed into a money field: 1,250 or 12.50; raises ValueError for anything else."""
    digits = text.strip().lstrip("£€$").replace(",", "").strip()
    try:
        amount = Decimal(digits).scaleb(decimals_of(currency))
    except ArithmeticError as error:
        raise ValueError(gettext("Write an amount such as 250 or 12.50.")) from error
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) > Decimal(10) ** 15:
        raise ValueError(gettext("Write an amount such as 250 or 12.50."))
    return int(amount)
