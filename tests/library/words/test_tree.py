"""The category tree: stable ids, names as merchants know them, no loose ends."""

from importlib.resources import files

import pytest

from evenhand.words.tree import Tree


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree.load(files("evenhand.words") / "data" / "categories.tsv")


def test_a_path_reads_from_broad_to_narrow(tree: Tree) -> None:
    path = ("Sporting Goods", "Outdoor Recreation", "Cycling", "Bicycles", "Mountain Bikes")
    assert tree.path("mountain_bikes") == path
    assert tree.name("mountain_bikes") == "Mountain Bikes"


def test_a_mountain_bike_is_cycling_but_cycling_is_no_mountain_bike(tree: Tree) -> None:
    assert tree.within("mountain_bikes", "cycling")
    assert tree.within("cycling", "cycling")
    assert not tree.within("cycling", "mountain_bikes")


def test_every_category_but_the_roots_hangs_on_another(tree: Tree) -> None:
    assert all(tree.parent(id_) in tree for id_ in tree if tree.parent(id_))
    assert tree.children() == tuple(id_ for id_ in tree if not tree.parent(id_))
    assert "bicycles" in tree.children("cycling")
    assert tree.children("mountain_bikes") == ()


def test_an_unknown_category_is_nowhere(tree: Tree) -> None:
    assert "flying_carpets" not in tree
    assert tree.ancestors("flying_carpets") == ()
    assert tree.path("flying_carpets") == ()
    assert tree.name("flying_carpets") == ""
    assert tree.parent("flying_carpets") == ""
    assert not tree.within("flying_carpets", "cycling")


def test_no_two_siblings_share_a_name(tree: Tree) -> None:
    paths = [tree.path(id_) for id_ in tree]
    assert len(set(paths)) == len(paths) == len(tree)
