"""The kinds of letters to sellers who are not here."""

INVITATION = "invitation"
GUEST_NEWS = "guest_news"
GUEST_CODE = "guest_code"
GUEST_RECORDS = "guest_records"
