"""Near misses: names of fields that a page does not have, close to those that it has, so that absence is learnt where it is hard.

Of "start time" the opposite, "end time"; of "employee number" another thing of the same, "employee phone"; for pages that know all their
fields. A name is left out where anything on the page could answer to it: words of its side of the pair, or a thing of its sort that could be meant.
"""

import random
import re

from documents import Ask

# sides of what excludes each other; a word stands for the word in its place on the other side
SIDES: list[tuple[tuple[str, ...], tuple[str, ...]]] = [
    (("start", "starts", "begin", "beginning", "begins", "starting", "from", "first", "opening", "commencement", "effective", "since", "opened", "entry", "in"),
     ("end", "ends", "finish", "ending", "finishes", "closing", "until", "last", "closing", "termination", "expiry", "to", "closed", "exit", "out")),
    (("departure", "departs", "outbound", "leaving", "origin"), ("arrival", "arrives", "inbound", "returning", "destination")),
    (("check-in", "checkin", "admission", "pickup", "collection"), ("check-out", "checkout", "discharge", "drop-off", "return")),
    (("issue", "issued", "issuing"), ("expiry", "expires", "expiring")),
    (("buyer", "customer", "purchaser", "client", "recipient", "consignee", "payee", "receiver", "debtor"),
     ("seller", "supplier", "vendor", "provider", "sender", "shipper", "payer", "sender", "creditor")),
    (("billing", "invoice"), ("shipping", "delivery")),
    (("father", "husband", "son", "brother"), ("mother", "wife", "daughter", "sister")),
    (("employee", "tenant", "borrower", "patient", "student", "plaintiff", "insured"), ("employer", "landlord", "lender", "doctor", "teacher", "defendant", "insurer")),
    (("gross", "before", "previous", "old", "prior", "former"), ("net", "after", "next", "new", "current", "present")),
    (("debit", "withdrawal", "expense", "expenses", "loss", "deductions"), ("credit", "deposit", "income", "revenue", "profit", "earnings")),
    (("minimum", "min", "lowest", "lower", "bottom"), ("maximum", "max", "highest", "upper", "top")),
    (("home", "private", "personal", "residential"), ("work", "business", "office", "commercial")),
    (("planned", "estimated", "expected", "budgeted"), ("actual",)),
    (("internal", "domestic", "local"), ("external", "international", "foreign")),
    (("left", "front", "inside", "indoor", "day", "inner"), ("right", "rear", "outside", "outdoor", "night", "outer")),
    (("paid", "approved", "received", "accepted"), ("unpaid", "rejected", "sent", "refused")),
    (("male", "child", "children", "boys"), ("female", "adult", "adults", "girls")),
]
SORTS = {  # of things, by the words that say which
    "number": ("number", "no", "nr", "num", "id", "code", "reference", "ref", "identifier", "key"),
    "date": ("date", "day", "on", "dated", "when"),
    "name": ("name", "full name", "person", "company", "called"),
    "phone number": ("phone", "telephone", "tel", "mobile", "cell", "contact", "fax"),
    "address": ("address", "street", "residence", "location", "city", "place", "postcode", "zip", "state", "country"),
    "email": ("email", "mail", "e-mail", "contact", "web", "website"),
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


def words_of(name: str) -> list[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ")
    return re.findall(r"[\w-]+", spaced.lower())


def near_misses(asks: list[Ask], count: int, rng: random.Random) -> list[str]:
    """Up to `count` names that none of `asks`, all that can be asked of a page, answers to."""
    there = [a for a in asks if not a.absent]
    said = [(a, {w for n in (*a.names, a.label or "") for w in words_of(n)}) for a in there]
    out: list[str] = []
    for a in rng.sample(there, len(there)):
        if len(out) >= count:
            break
        if a.group or a.printed or not a.names[0].islower():  # printed keys are no names of things
            continue
        others = [(words_of(b.names[0]), w) for b, w in said if b is not a]
        own = next(w for b, w in said if b is a)
        name = rng.choice([_opposite, _sibling])(words_of(a.names[0]), others, own, rng)
        if name and name not in out:
            out.append(name)
    return out


Others = list[tuple[list[str], set[str]]]  # of each other field the first name, and the words of all


def _opposite(name: list[str], others: Others, own: set[str], rng: random.Random) -> str | None:
    """With one word turned into its opposite, where no other field has a word of that side, nor this one itself."""
    turns = [(i, pair[side], pair[1 - side]) for i, w in enumerate(name) for pair in SIDES for side in (0, 1) if w in pair[side]]
    if not turns:
        return None
    i, near, far = rng.choice(turns)
    if own & set(far) or any(w & set(far) for _, w in others):
        return None
    word = far[min(near.index(name[i]), len(far) - 1)]
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
