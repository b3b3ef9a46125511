"""Names for askers whose name is held back: two words that say nothing, fresh for each dealing."""

import secrets

COLOURS = ("Amber", "Azure", "Birch", "Cedar", "Cherry", "Clover", "Copper", "Coral", "Fern", "Flint", "Hazel", "Honey")
MORE_COLOURS = (
    "Indigo",
    "Ivory",
    "Jade",
    "Linen",
    "Maple",
    "Moss",
    "Ochre",
    "Olive",
    "Pearl",
    "Rowan",
    "Slate",
    "Teal",
)
BIRDS = ("Avocet", "Curlew", "Dipper", "Dunlin", "Finch", "Heron", "Kestrel", "Lapwing", "Linnet", "Martin", "Merlin")
MORE_BIRDS = (
    "Osprey",
    "Petrel",
    "Plover",
    "Redstart",
    "Robin",
    "Siskin",
    "Skylark",
    "Swift",
    "Tern",
    "Wagtail",
    "Wren",
)


def pairwise_name() -> str:
    """A name such as “Copper Heron 417”, by chance alone."""
    colour = secrets.choice(COLOURS + MORE_COLOURS)
    bird = secrets.choice(BIRDS + MORE_BIRDS)
    return f"{colour} {bird} {100 + secrets.randbelow(900)}"
