"""Loading holds the collector back, and always lets it go on."""

import gc

import pytest

from content.ledger.gc_pause import gc_paused


def test_no_collection_is_made_within_and_they_go_on_after_it():
    with gc_paused(), gc_paused():
        within = gc.isenabled()

    assert (within, gc.isenabled()) == (False, True)


def test_collections_go_on_after_a_failure():
    with pytest.raises(LookupError), gc_paused():
        raise LookupError

    assert gc.isenabled()


def test_who_collects_by_hand_goes_on_doing_so():
    gc.disable()
    try:
        with gc_paused():
            pass

        assert not gc.isenabled()
    finally:
        gc.enable()
