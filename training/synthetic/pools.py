"""Raw material per locale: names, companies, cities, streets, words, drawn once from Faker.

Owns the lazily drawn pools, nothing about their form on the page. Faker takes 20 to 100 us a value, so each locale's
pool is drawn in one go, in a fixed order and from a fixed seed, the first time it is wanted: the same in every process.
Malaysia is not in Faker; its pool is written here.
"""
from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache

from faker import Faker

LOCALES = {
    'en': ['en_US', 'en_US', 'en_US', 'en_GB', 'en_AU', 'en_CA', 'en_IN', 'en_MY'],
    'de': ['de_DE', 'de_DE', 'de_AT', 'de_CH'],
    'fr': ['fr_FR', 'fr_FR', 'fr_BE', 'fr_CA', 'fr_CH'],
    'es': ['es_ES', 'es_MX', 'es_ES', 'es_CO'],
    'it': ['it_IT'],
    'nl': ['nl_NL', 'nl_NL', 'nl_BE'],
    'pt': ['pt_BR', 'pt_PT'],
    'id': ['id_ID'],
    'pl': ['pl_PL'],
    'sv': ['sv_SE'],
    'da': ['da_DK'],
    'ro': ['ro_RO'],
}


@dataclass(frozen=True)
class Pool:
    """Values of one locale as drawn, unformatted."""

    male: tuple[str, ...]
    female: tuple[str, ...]
    last: tuple[str, ...]
    company: tuple[str, ...]
    city: tuple[str, ...]
    street: tuple[str, ...]
    state: tuple[str, ...]
    country: tuple[str, ...]
    job: tuple[str, ...]
    word: tuple[str, ...]
    sentence: tuple[str, ...]


def _many(draw, count: int) -> tuple[str, ...]:
    """Up to `count` distinct values in the order drawn, shorn of line breaks."""
    return tuple(dict.fromkeys(' '.join(str(draw()).split()) for _ in range(count)))


@lru_cache(maxsize=None)
def pool(locale: str) -> Pool:
    """The pool of a locale, drawn on first use (about 50 ms)."""
    if locale == 'en_MY':
        return _malaysia()
    fake = Faker(locale)
    fake.seed_instance(zlib.crc32(locale.encode()))
    state = next((getattr(fake, n) for n in ('state_abbr', 'estado_sigla', 'administrative_unit', 'state')
                  if hasattr(fake, n)), lambda: '')
    def street():
        name = fake.street_name()
        return name if len(name) < 40 else name.split(',')[0][:40].rsplit(' ', 1)[0]
    city = fake.city
    if locale == 'it_IT':  # Faker keeps these in a set, whose order differs from process to process
        cities = sorted(next(p for p in fake.get_providers() if hasattr(p, 'cap_city_province')).cities)
        city = lambda: fake.random.choice(cities)  # noqa: E731
    return Pool(
        _many(fake.first_name_male, 120), _many(fake.first_name_female, 120), _many(fake.last_name, 240),
        _many(fake.company, 200), _many(city, 200), _many(street, 200), _many(state, 40),
        _many(fake.country, 60), _many(fake.job, 100), _many(lambda: fake.word(), 300),
        _many(lambda: fake.sentence(nb_words=11), 60))


def _malaysia() -> Pool:
    """Malay, Chinese and Indian names, towns and streets as Malaysian receipts have them."""
    base = pool('en_US')
    s = str.split
    male = s('Ahmad Mohd Azman Faizal Hafiz Ismail Kamal Razak Zulkifli Chee Wei Kok Hong Boon Keng Jun Wai Kian Raj Kumar Suresh Ganesh Siva Ravi')
    female = s('Siti Nur Aisyah Fatimah Noraini Zainab Mei Ling Hui Min Yee Chay Xin Poh Sook Li Ying Devi Priya Lakshmi Kavitha Shanti Anita')
    last = s('Tan Lim Lee Wong Ng Ong Chan Goh Teoh Chong Yap Ooi Koh Low Abdullah Rahman Ibrahim Hassan Yusof Othman Bakar Nair Pillai Muthu Raju Samy Krishnan')
    city = ['Kuala Lumpur', 'Johor Bahru', 'Petaling Jaya', 'Shah Alam', 'Klang', 'Ipoh', 'Seremban', 'Melaka', 'Batu Pahat', 'Kajang', 'Puchong', 'Subang Jaya', 'Masai', 'Skudai', 'Cheras', 'Ampang', 'Kulai', 'Muar', 'Rawang', 'Sungai Buloh', 'Georgetown', 'Bukit Mertajam', 'Taiping', 'Kluang', 'Nilai']
    road = ['Permas', 'Ampang', 'Bukit Raja', 'Setia Indah', 'Desa Tebrau', 'Sri Rampai', 'Kebudayaan', 'Molek', 'Ekoperniagaan', 'Dato Abdullah Tahir', 'Ponderosa', 'Tun Razak', 'Ipoh', 'Kuchai Maju', 'Perindustrian', 'Angsa', 'Meru', 'Astana', 'Bakri', 'Daya', 'Kinrara', 'Puteri', 'Taman Muda', 'Rosmerah', 'Permatang', 'Manis', 'Universiti']
    street = [f'Jalan {r}' for r in road] + [f'Jln {r} {n}' for n, r in enumerate(road, 1)] + [f'Lorong {r}' for r in road[:9]]
    trade = ['Trading', 'Enterprise', 'Hardware', 'Stationery', 'Restoran', 'Mini Market', 'Bakery', 'Pharmacy', 'Electrical', 'Auto Parts', 'Machinery', 'Book Store', 'Food Court', 'Kopitiam', 'Frozen Food', 'Petrokiosk', 'Marketing', 'Holdings', 'Industries']
    given = ['Syarikat Perniagaan', 'Gim', 'Aik Huat', 'Sanyu', 'Ming Hoe', 'Kedai Buku', 'Perusahaan', 'Unihakka', 'Lian Hing', 'Soon Huat', 'Yong Tat', 'Sin Liang', 'Golden', 'Pasaraya', 'Bens', 'Mr. Wong', 'Tan Chay', 'Econ', 'Super Seven', 'Three Stooges', 'Gardenia', 'Teo Heng', 'Old Town', 'Kim Seng']
    firms = [f'{g} {t}' + tail for i, g in enumerate(given) for j, t in enumerate(trade) if (i + j) % 3 == 0
             for tail in [(' Sdn Bhd', ' (M) Sdn. Bhd.', '', ' S/B', ' Sdn Bhd', ' PLT')[(i * 7 + j) % 6]]]
    return Pool(tuple(male), tuple(female), tuple(last), tuple(firms), tuple(city), tuple(street),
                ('Johor', 'Selangor', 'Perak', 'Penang', 'Kedah', 'Wilayah Persekutuan', 'Selangor Darul Ehsan', 'Melaka', 'Johor.'),
                base.country, base.job, base.word, base.sentence)
