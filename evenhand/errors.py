"""What can go wrong, as codes with data; the sentences people read live in the server's catalogue."""

from collections.abc import Mapping
from typing import ClassVar


class EvenhandError(Exception):
    """An action may not happen; ``code`` says which rule forbids it and ``data`` with which values."""

    code: ClassVar[str] = "error"

    def __init__(self, **data: object) -> None:
        super().__init__(self.code)
        self.data: Mapping[str, object] = data

    def __str__(self) -> str:
        """Show the code and the data, for logs and tracebacks; never a sentence."""
        details = ", ".join(f"{name}={value!r}" for name, value in self.data.items())
        return f"{self.code}({details})"
