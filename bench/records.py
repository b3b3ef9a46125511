"""What a record costs beside the bare signature library: canonicalise and sign, and verify, in the same run.

``python bench/records.py`` prints medians in microseconds and their multiple of the library's own sign and verify.
"""

import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from importlib import resources

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from evenhand.records import Custody, SignedRecord, canonical, digest, is_signed_by, parse, sign, signing_key
from evenhand.terms.agreement import missing_signers, terms_record
from evenhand.terms.record import Heading, Role, Side, read_record
from evenhand.terms.roster import Roster

ROUNDS, TIMES = 41, 200


def medians(**actions: Callable[[], object]) -> dict[str, float]:
    """Microseconds per call, the median of many rounds in which all actions take turns."""
    taken: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(ROUNDS):
        for name, act in actions.items():
            start = time.perf_counter()
            for _ in range(TIMES):
                act()
            taken[name].append((time.perf_counter() - start) / TIMES * 1e6)
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    """Measure and tell."""
    roster = Roster.load(resources.files("evenhand.terms") / "data")
    rosa = signing_key(b"rosa" * 8, custody=Custody.SERVER)
    hull = signing_key(b"hull" * 8, custody=Custody.SERVER)
    sides = (Side(Role.ASKING, rosa.public, rosa.custody), Side(Role.ANSWERING, hull.public, hull.custody))
    heading = Heading("d3a1", sides, datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    terms = roster.find("SD-BASE-DP")
    assert terms is not None
    texts = {"sentence": "hmac-sha256:" + "0" * 64}
    record = terms_record(heading, terms=terms, until=date(2027, 3, 1), texts=texts)
    plain, data, signature = record.plain, record.data, sign(record.data, key=rosa)
    signed = SignedRecord(data).signed(signature, sign(data, key=hull))
    bare = Ed25519PrivateKey.from_private_bytes(b"rosa" * 8)
    made, raw = bare.sign(data), bare.public_key().public_bytes_raw()
    took = medians(
        bare_sign=lambda: bare.sign(data),
        canonicalise=lambda: canonical(plain),
        canonicalise_and_sign=lambda: sign(canonical(plain), key=rosa),
        bare_verify=lambda: Ed25519PublicKey.from_public_bytes(raw).verify(made, data),
        verify=lambda: (digest(data), is_signed_by(data, signature, key=rosa.public)),
        parse_and_verify=lambda: (parse(data), digest(data), is_signed_by(data, signature, key=rosa.public)),
        read_record=lambda: read_record(data),
        whole_record_both_sides=lambda: missing_signers(signed),
    )
    print(f"a record of {len(data)} bytes")
    for name, bare_name in PAIRS:
        multiple = f"{took[name] / took[bare_name]:6.2f} times {bare_name}" if bare_name else ""
        print(f"{name:26}{took[name]:8.1f} µs {multiple}")


PAIRS = (
    ("bare_sign", ""),
    ("canonicalise", ""),
    ("canonicalise_and_sign", "bare_sign"),
    ("bare_verify", ""),
    ("verify", "bare_verify"),
    ("parse_and_verify", "bare_verify"),
    ("read_record", ""),
    ("whole_record_both_sides", "bare_verify"),
)

if __name__ == "__main__":
    main()
