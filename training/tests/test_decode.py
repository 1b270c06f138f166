"""What the reference of decoding leaves of fields that claim one place."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from decode import Claim, doubted  # noqa: E402


def test_of_one_place_the_likeliest_keeps_it():
    start, end, venue = Claim((3, 4), -0.4, False), Claim((3, 4), -0.1, False), Claim((5, 5), -2.0, False)
    assert doubted({"start": start, "end": end, "venue": venue}) == {"start"}
    assert doubted({"end": end, "venue": venue, "start": start}) == {"start"}
    assert doubted({}) == set()


def test_what_is_printed_is_kept_and_what_overlaps_is_another_place():
    assert doubted({"total": Claim((3, 4), -0.1, False), "amount due": Claim((3, 4), -0.4, True)}) == set()
    assert doubted({"address": Claim((3, 9), -0.1, False), "city": Claim((8, 9), -0.4, False)}) == set()
