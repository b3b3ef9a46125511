"""Categories: when an interest's node of the tree answers a wish's node."""

from evenhand.words.tree import Tree

SAME = "same"
WIDER = "wider"
NARROWER = "narrower"


def answers(tree: Tree, *, wished: str, offered: str) -> str:
    """How an interest's node answers a wish's: the same, wider, narrower, or not at all (empty).

    A seller of mountain bikes answers a wish for bicycles, as a part of what was asked. A wish as broad as a root of
    the tree says too little for that: only sellers of the whole root answer it.
    """
    above_wish = tree.ancestors(wished)
    if offered in above_wish:
        return SAME if offered == wished else WIDER
    if len(above_wish) > 1 and wished in tree.ancestors(offered):
        return NARROWER
    return ""
