"""What programs get about the market."""

from typing import Self

from evenhand_server.market.models import Market
from evenhand_server.programs.fields import Shown


class MarketShown(Shown):
    """What the operator settled for this server; empty before they did."""

    name: str
    operator: str
    contact: str
    languages: list[str]
    countries: list[str]
    places: list[str]
    kinds_not_traded: list[str]
    words_not_traded: list[str]
    strangers_may_register: bool

    @classmethod
    def of(cls, market: Market | None, *, operator: str, contact: str) -> Self:
        """This market; before it was settled, what the settings say of who runs it."""
        if market is None:
            market = Market(operator=operator, contact=contact, strangers_may_register=True)
        return cls(**{name: getattr(market, name) for name in cls.model_fields})
