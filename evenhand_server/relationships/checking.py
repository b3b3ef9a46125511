"""The page where anybody has a bundle checked: it is read in memory, checked, and forgotten."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from evenhand.__main__ import sentence_of
from evenhand.relationships.verify import verify
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit

LARGEST = 8 * 1024 * 1024
LONGEST_DIGESTS = 10_000


class InMemoryOnly(MemoryFileUploadHandler):
    """Takes a file of at most so many bytes into memory; a larger one is given up, and nothing goes to a disk."""

    def new_file(self, *args: Any, **named: Any) -> None:
        """Take it into memory, whatever the setting for small files says."""
        self.activated = True
        self.taken = 0
        super().new_file(*args, **named)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Count, and give up beyond the limit."""
        self.taken += len(raw_data)
        if self.taken > LARGEST:
            raise StopUpload(connection_reset=False)
        super().receive_data_chunk(raw_data, start)


@csrf_exempt  # It changes nothing and knows nobody; the check would read the body before this page can say how.
@never_cache
@limited(Limit.VERIFY, by_address=True)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Check a bundle that somebody drops, without keeping it."""
    if request.method == "GET":
        return render(request, "relationships/verify.html", {"most_mb": LARGEST // 1024 // 1024})
    handler: FileUploadHandler = InMemoryOnly(request)
    request.upload_handlers = [handler]
    file: UploadedFile[bytes] | None = request.FILES.get("file")
    if file is None:
        missing = {"most_mb": LARGEST // 1024 // 1024, "is_missing": True}
        return render(request, "relationships/verify.html", missing, status=422)
    told = request.POST.get("digests", "")[:LONGEST_DIGESTS].split()
    report = verify(file.read(), expected=told)
    broken = [sentence_of(one) for one in report.findings if not one.is_note]
    notes = [sentence_of(one).removeprefix("Note: ") for one in report.findings if one.is_note]
    context: dict[str, Any] = {
        "most_mb": LARGEST // 1024 // 1024,
        "report": report,
        "broken": broken[:50],
        "more": max(0, len(broken) - 50),
        "notes": notes[:50],
        "records": [(record.kind, record.heading.moment, record.digest) for record in report.records[:500]],
    }
    return render(request, "relationships/verify.html", context)
