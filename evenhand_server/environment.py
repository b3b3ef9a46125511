"""What the operator sets from outside, read once from the environment, and the secrets made at first start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Environment:
    """The settings of one server; ``docs/settings.md`` explains each."""

    data: Path
    database_url: str
    hosts: tuple[str, ...]
    address: str
    port: int
    mail_url: str
    mail_from: str
    web_processes: int
    demo: bool
    operator: str
    contact: str
    country: str
    matching: str
    limits: str
    exchange_rates: str
    proxies: int
    open_intents: int
    invitations_a_day: int

    @property
    def secrets_folder(self) -> Path:
        """Where the keys lie: outside of the database and of its backups."""
        return self.data / "secrets"

    @property
    def database_file(self) -> Path:
        """The SQLite file, used when no ``DATABASE_URL`` is set."""
        return self.data / "evenhand.sqlite3"

    @property
    def files_folder(self) -> Path:
        """Where uploaded files lie, by random name."""
        return self.data / "files"

    @property
    def roster_folder(self) -> Path:
        """Where the operator may lay a roster of their own."""
        return self.data / "roster"

    @property
    def index_file(self) -> Path:
        """The index of standing interests, where workers match in memory."""
        return self.data / "cache" / "interests.segment"

    @property
    def places_file(self) -> Path:
        """The gazetteer, built once from its package."""
        return self.data / "cache" / "places.sqlite"


def read_environment(values: Mapping[str, str] = os.environ) -> Environment:
    """Read the environment; what is not set has a default that is safe on one's own machine."""
    return Environment(
        data=Path(values.get("EVENHAND_DATA") or default_data_folder(values)).absolute(),
        database_url=values.get("DATABASE_URL", ""),
        hosts=tuple(name.strip() for name in values.get("EVENHAND_HOSTS", "").split(",") if name.strip()),
        address=values.get("EVENHAND_ADDRESS", "").rstrip("/"),
        port=int(values.get("EVENHAND_PORT", "") or 8000),
        mail_url=values.get("EVENHAND_MAIL_URL", ""),
        mail_from=values.get("EVENHAND_MAIL_FROM", "") or "Evenhand <evenhand@localhost>",
        web_processes=int(values.get("EVENHAND_WEB_PROCESSES", "") or 2),
        demo=values.get("EVENHAND_DEMO", "") == "1",
        operator=values.get("EVENHAND_OPERATOR", ""),
        contact=values.get("EVENHAND_CONTACT", ""),
        country=values.get("EVENHAND_COUNTRY", "").upper() or "GB",
        matching=read_matching(values),
        limits=values.get("EVENHAND_LIMITS", ""),
        exchange_rates=values.get("EVENHAND_EXCHANGE_RATES", ""),
        proxies=read_proxies(values),
        open_intents=int(values.get("EVENHAND_OPEN_INTENTS", "") or 3),
        invitations_a_day=int(values.get("EVENHAND_INVITATIONS_A_DAY", "") or 20),
    )


def read_matching(values: Mapping[str, str]) -> str:
    """Where workers match: in the database or in memory."""
    said = values.get("EVENHAND_MATCHING", "") or "sql"
    if said not in {"sql", "index"}:
        raise ValueError(f"EVENHAND_MATCHING is “{said}”; it may be sql or index.")
    return said


def read_proxies(values: Mapping[str, str]) -> int:
    """How many proxies stand before the server; a server that is reached over TLS has one."""
    said = values.get("EVENHAND_PROXIES", "")
    return int(said) if said else int(values.get("EVENHAND_ADDRESS", "").startswith("https://"))


def default_data_folder(values: Mapping[str, str]) -> Path:
    """Where programs of one person keep their data. Source: XDG Base Directory Specification."""
    home = values.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(home) / "evenhand"


def read_secret(folder: Path, name: str) -> bytes:
    """The secret of this name, 32 random bytes, made when it is first asked for; only its owner may read the file."""
    file = folder / name
    if not file.exists():
        make_secret(file)
    return bytes.fromhex(file.read_text(encoding="ascii").strip())


def make_secret(file: Path) -> None:
    """Write a new secret so that two processes starting at once end up with the same one."""
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as handle:
        handle.write(secrets.token_hex(SECRET_BYTES))
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
