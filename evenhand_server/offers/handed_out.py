"""A file of an offer as an answer: to save and never to show, whatever is in it runs nothing on this site."""

from django.http import FileResponse

from evenhand_server.records.models import StoredFile
from evenhand_server.records.queries import path_of


def handed_out(found: StoredFile) -> FileResponse:
    """The file as it was given."""
    response = FileResponse(path_of(found).open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = found.media_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
