"""No collection while anything is read, in whatever thread; afterwards it goes on."""

import gc
import threading

from blueprint_app.ui.quiet_collector import quiet_collector


def test_it_is_quiet_until_the_last_reading_ends():
    inside, let_go = threading.Event(), threading.Event()

    def read():
        with quiet_collector():
            inside.set()
            let_go.wait(5)

    other = threading.Thread(target=read)
    with quiet_collector():
        other.start()
        assert inside.wait(5)
        assert not gc.isenabled()
    assert not gc.isenabled()
    let_go.set()
    other.join()
    assert gc.isenabled()


def test_what_was_read_is_not_looked_through_again():
    before = gc.get_freeze_count()
    with quiet_collector():
        kept = [[number] for number in range(1000)]
    assert gc.get_freeze_count() >= before + len(kept)
