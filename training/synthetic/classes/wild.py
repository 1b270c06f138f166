"""Pages of no class: synthetic/wild.py draws what is on them."""
from ..kinds import TITLE_LANGS, Kind, anything

KINDS = tuple(Kind(f'wild {paper}', ('form',), {lang: () for lang in (*TITLE_LANGS, 'pl', 'sv')}, (anything(),), paper, weight=weight, group='', blank=.08)
              for paper, weight in (('page', 75), ('wide', 9), ('card', 7), ('slip', 9)))
