"""Archive forms with open keys: records, cards, certificates and affidavits of 1850 to 1960, printed and filled in."""
from ..kinds import Kind, cards, either, fine_print, maybe, open_form, old_heading, old_prose, shuffled

T = {'en': ('Record',)}
FORM, SHORT = open_form(4, 16), open_form(2, 6)


def _kind(key, blocks, weight, paper='page', blank=.2):
    return Kind(key, ('form', 'archive record'), T, blocks, paper, weight=weight, blank=blank, span=(1850, 1958), locale='en_US')


KINDS = (
    _kind('archive form', (maybe(.85, old_heading()), maybe(.3, fine_print()), FORM, maybe(.4, fine_print()), maybe(.5, old_prose()), maybe(.4, SHORT), maybe(.3, fine_print())), 3.5),
    _kind('archive affidavit', (maybe(.8, old_heading()), maybe(.3, SHORT), old_prose(), maybe(.7, old_prose()), maybe(.5, old_prose()), maybe(.6, SHORT), maybe(.4, old_prose()), maybe(.3, fine_print())), 3.5, blank=.12),
    _kind('archive card', (maybe(.6, old_heading()), SHORT, maybe(.4, shuffled(SHORT, fine_print())), maybe(.3, fine_print())), 1.5, 'card'),
    _kind('archive card sheet', (cards(), maybe(.3, fine_print())), 1.5, blank=.1),
)
