"""Arrow keys follow edges and pass among the nodes that the last step could have reached."""

from blueprint_app.ui.canvas.moving.walking import Direction, Stand, nearest_to, step


def walk(scene, start: str, *directions: Direction) -> str | None:
    stand = Stand(scene.index[start])
    for direction in directions:
        found = step(scene, stand, direction)
        if found is None:
            return None
        stand = found
    return scene.ids[stand.node]


def test_up_and_down_follow_edges(kite):
    assert walk(kite, "lem:b", Direction.UP) == "def:a"
    assert walk(kite, "lem:b", Direction.DOWN) == "thm:d"
    assert walk(kite, "def:a", Direction.UP) is None
    assert walk(kite, "lem:e", Direction.DOWN) is None


def test_sideways_among_the_choices_of_the_last_step(kite):
    assert walk(kite, "thm:d", Direction.UP, Direction.RIGHT) == "lem:c"
    assert walk(kite, "thm:d", Direction.UP, Direction.RIGHT, Direction.LEFT) == "lem:b"
    assert walk(kite, "thm:d", Direction.UP, Direction.LEFT) is None


def test_sideways_among_siblings(kite):
    assert walk(kite, "lem:b", Direction.RIGHT) == "lem:c"
    assert walk(kite, "lem:c", Direction.LEFT) == "lem:b"


def test_sideways_along_the_row_for_a_node_apart(kite):
    assert walk(kite, "lem:e", Direction.LEFT) == "thm:d"


def test_nearest(kite):
    assert kite.ids[nearest_to(kite, 300, 200)] == "lem:e"
