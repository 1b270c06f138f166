"""Near misses: names of fields that a page does not have, close to those that it has, so that absence is learnt where it is hard.

Of "start time" the opposite, "end time"; of "employee number" another thing of the same, "employee phone"; for pages that know all their
fields. A name is left out where anything on the page could answer to it: words of its side of the pair, or a thing of its sort that could be meant.
"""

import random

from documents import Ask
from synthetic.naming import norm

# what excludes each other, word by word; the words of one side of a line could all be meant by one another
OPPOSITES = [[pair.split("/") for pair in line.split()] for line in (
    "start/end starts/ends begin/finish beginning/ending begins/finishes starting/ending from/until first/last opening/closing commencement/termination "
    "effective/expiry since/to opened/closed entry/exit in/out",
    "departure/arrival departs/arrives outbound/inbound leaving/returning origin/destination",
    "checkin/checkout admission/discharge pickup/return collection/return",
    "issue/expiry issued/expires issuing/expiring",
    "buyer/seller customer/supplier purchaser/vendor client/provider recipient/sender consignee/shipper payee/payer receiver/sender debtor/creditor",
    "billing/shipping invoice/delivery",
    "father/mother husband/wife son/daughter brother/sister",
    "employee/employer tenant/landlord borrower/lender patient/doctor student/teacher plaintiff/defendant insured/insurer",
    "gross/net before/after previous/next old/new prior/current former/present",
    "debit/credit withdrawal/deposit expense/income expenses/revenue loss/profit deductions/earnings",
    "minimum/maximum min/max lowest/highest lower/upper bottom/top",
    "home/work private/business personal/office residential/commercial",
    "planned/actual estimated/actual expected/actual budgeted/actual",
    "internal/external domestic/international local/foreign",
    "left/right front/rear inside/outside indoor/outdoor day/night inner/outer",
    "paid/unpaid approved/rejected received/sent accepted/refused",
    "male/female child/adult children/adults boys/girls",
)]
SORTS = {  # of things, by the words that say which
    "number": ("number", "no", "nr", "num", "id", "code", "reference", "ref", "identifier", "key"),
    "date": ("date", "day", "on", "dated", "when"),
    "name": ("name", "person", "company", "called"),
    "phone number": ("phone", "telephone", "tel", "mobile", "cell", "contact", "fax"),
    "address": ("address", "street", "residence", "location", "city", "place", "postcode", "zip", "state", "country"),
    "email": ("email", "mail", "contact", "web", "website"),
    "amount": ("amount", "total", "price", "cost", "fee", "sum", "charge", "value", "balance", "rate", "tax", "payment", "pay"),
    "time": ("time", "hour", "hours", "at"),
    "type": ("type", "kind", "category", "class", "sort"),
}
NEIGHBOURS = {  # what people ask of a thing of which they also ask this
    "number": ("date", "type", "amount"),
    "date": ("number", "time", "amount"),
    "name": ("phone number", "email", "address", "number", "date"),
    "address": ("phone number", "email", "name", "number"),
    "phone number": ("email", "address", "name"),
    "amount": ("date", "number", "type"),
    "time": ("date", "type"),
    "email": ("phone number", "address", "name"),
    "type": ("number", "date", "name"),
}
NOBODY = ("document", "tax", "postal", "of", "the", "to", "registration", "main", "total")  # words that say of nothing whose it is


def near_misses(asks: list[Ask], count: int, rng: random.Random) -> list[str]:
    """Up to `count` names that none of `asks`, all that can be asked of a page, answers to."""
    there = [a for a in asks if not a.absent]
    said = [(a, {w for n in (*a.names, a.label or "") for w in norm(n).split()}) for a in there]
    out: list[str] = []
    for a in rng.sample(there, len(there)):
        if len(out) >= count:
            break
        if a.group or a.printed or not a.names[0].islower():  # printed keys are no names of things
            continue
        others = [(norm(b.names[0]).split(), w) for b, w in said if b is not a]
        own = next(w for b, w in said if b is a)
        name = rng.choice([_opposite, _sibling])(norm(a.names[0]).split(), others, own, rng)
        if name and name not in out:
            out.append(name)
    return out


Others = list[tuple[list[str], set[str]]]  # of each other field the first name, and the words of all


def _opposite(name: list[str], others: Others, own: set[str], rng: random.Random) -> str | None:
    """With one word turned into its opposite, where no other field has a word of that side, nor this one itself."""
    turns = []
    for line in OPPOSITES:
        for near, far in ((0, 1), (1, 0)):
            turned = {pair[near]: pair[far] for pair in reversed(line)}  # of a word with two opposites the first
            turns += [(i, turned[w], {pair[far] for pair in line}) for i, w in enumerate(name) if w in turned]
    if not turns:
        return None
    i, word, side = rng.choice(turns)
    if own & side or any(w & side for _, w in others):
        return None
    return " ".join([*name[:i], word, *name[i + 1 :]])


def _sibling(name: list[str], others: Others, own: set[str], rng: random.Random) -> str | None:
    """Another thing of the same: the last word changed for a sort of which no field is that could be meant: none of the same, none bare."""
    *of, last = name
    sort = next((s for s, words in SORTS.items() if last in words), None)
    if not of or of[-1] in NOBODY or sort not in NEIGHBOURS:
        return None
    free = [s for s in NEIGHBOURS[sort] if not own & set(SORTS[s]) and not any(_means(w, first, of, SORTS[s]) for first, w in others)]
    return " ".join([*of, rng.choice(free)]) if free else None


def _means(words: set[str], first: list[str], of: list[str], sort: tuple[str, ...]) -> bool:
    return bool(words & set(sort)) and (bool(words & set(of)) or set(first) <= {*sort, *NOBODY})
