"""What must stand in no log: the tokens of links."""

import logging
import re

TOKEN = re.compile(r"(/i/)(?!at/)[^/\s\"'?#]+")


def redacted(text: str) -> str:
    """A text in which no link can be read."""
    return TOKEN.sub(r"\1[token]", text)


class NoTokens(logging.Filter):
    """Take tokens out of every line before it is written, wherever it came from."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Write the line with its tokens taken out."""
        record.msg, record.args = redacted(record.getMessage()), ()
        return True
