"""How people name the fields of the training sets: many spellings, some descriptions, and what is usual but missing.

Only training reads this; at run time the caller's own names are used.
"""

COMPANY = ["company", "company name", "store name", "merchant name", "merchant", "vendor", "vendor name", "shop name", "shop",
           "seller", "seller name", "business name", "supplier", "supplier name", "retailer", "issuer", "store", "name of the shop",
           "issued by", "trading name", "restaurant name", "outlet"]
ADDRESS = ["address", "store address", "merchant address", "company address", "vendor address", "seller address", "shop address",
           "location", "store location", "supplier address", "business address", "postal address", "store addr", "street address"]
TOTAL = ["total", "total amount", "amount due", "grand total", "total paid", "sum to pay", "amount payable", "net total",
         "total due", "balance due", "total price", "total sum", "invoice total", "total incl. tax", "amount", "sum", "final amount",
         "total including gst", "to pay", "receipt total"]
DATE = ["date", "receipt date", "date of purchase", "transaction date", "invoice date", "issued on", "issue date", "purchase date",
        "bill date", "document date", "day of sale", "date of issue", "date of receipt"]
PHONE = ["merchant phone", "phone", "telephone", "tel", "store phone", "phone number", "telephone number", "contact number",
         "shop telephone", "tel no", "store telephone number"]
ITEM = ["item name", "item", "product", "product name", "items", "goods", "line items", "item description", "description of goods",
        "purchased items", "products", "article", "menu item"]

NAMES: dict[str, dict[str, list[str]]] = {
    "sroie": {"company": COMPANY, "date": DATE, "address": ADDRESS, "total": TOTAL},
    "sroie_gpt4o_ext": {
        "merchant_name": COMPANY, "merchant_address": ADDRESS, "merchant_phone": PHONE, "total": TOTAL, "date": DATE,
        "time": ["time", "receipt time", "time of purchase", "transaction time", "purchase time", "hour", "time of sale", "printed at"],
        "subtotal": ["subtotal", "sub total", "total before tax", "net amount", "amount before tax", "total excluding gst",
                     "sum before tax", "goods total", "sub-total", "total excl. tax"],
        "tax": ["tax", "tax amount", "gst", "gst amount", "sales tax", "vat", "total tax", "vat amount", "tax total", "service tax"],
        "payment_method": ["payment method", "paid by", "payment", "method of payment", "payment type", "tender", "means of payment"],
        "merchant_tax_id": ["merchant tax id", "tax id", "gst id", "gst number", "vat number", "gst reg no", "tax registration number",
                            "company tax number", "vat registration number"],
        "change_due": ["change due", "change", "change given", "cash change", "money returned", "change amount"],
        "rounding": ["rounding", "rounding adjustment", "rounding amount", "round off", "rounding adj"],
        "merchant_website": ["merchant website", "website", "web site", "homepage", "url", "web address"],
        "tip": ["tip", "tips", "gratuity", "tip amount"],
        "item_name": ITEM,
    },
    "deepform": {
        "contract_num": ["contract num", "contract number", "order number", "contract #", "contract no", "order no", "contract id",
                         "order id", "agreement number", "invoice or contract number"],
        "advertiser": ["advertiser", "advertiser name", "client", "sponsor", "who advertises", "political advertiser",
                       "advertising client", "customer"],
        "gross_amount": ["gross amount", "total gross amount", "order total", "gross total", "total gross", "gross order amount",
                         "total cost", "contract total", "total amount before commission", "gross billing"],
        "flight_from": ["flight from", "flight start date", "flight start", "first day on air", "campaign start", "start date",
                        "contract start date", "begin date", "schedule start", "air date from", "period from"],
        "flight_to": ["flight to", "flight end date", "flight end", "last day on air", "campaign end", "end date",
                      "contract end date", "schedule end", "air date to", "period to"],
    },
    "vrdu_registration_weak": {
        "file_date": ["file date", "filing date", "date", "date filed", "received date", "date of filing", "document date"],
        "registrant_name": ["registrant name", "registrant", "name of registrant", "registered agent", "company", "foreign agent"],
        "registration_num": ["registration num", "registration number", "registration no", "registrant number", "reg no", "fara number"],
        "signer_name": ["signer name", "signer", "signed by", "name of signer", "signatory", "signature name", "person who signed"],
        "foreign_principal_name": ["foreign principal name", "foreign principal", "name of foreign principal"],
    },
}

DESCRIPTIONS: dict[str, list[str]] = {
    "company": ["name of the shop", "who issued the receipt", "the business that sold the goods", "name of the merchant"],
    "merchant_name": ["name of the shop", "who issued the receipt", "the business that sold the goods"],
    "date": ["day of the purchase", "when the document was issued", "date printed on the receipt"],
    "address": ["where the shop is", "full address of the seller", "street, postcode and city of the shop"],
    "merchant_address": ["where the shop is", "full address of the seller"],
    "total": ["what the customer has to pay", "total including tax", "final amount of the receipt", "amount due in the end"],
    "time": ["time of day of the purchase"],
    "subtotal": ["sum of the items before tax", "amount without tax"],
    "tax": ["amount of tax", "tax included in the total"],
    "payment_method": ["how the customer paid", "cash, card or other"],
    "merchant_tax_id": ["tax number of the seller", "gst registration of the shop"],
    "merchant_phone": ["telephone of the shop"],
    "change_due": ["money given back to the customer"],
    "item_name": ["names of the items bought", "one for each line of the receipt"],
    "contract_num": ["number of the order or contract", "identifies the contract between station and agency"],
    "advertiser": ["who pays for the advertisement", "campaign or company that is advertised", "name of the political committee"],
    "gross_amount": ["total amount before agency commission", "what the whole order costs"],
    "flight_from": ["first day of the campaign", "date on which the spots begin to run"],
    "flight_to": ["last day of the campaign", "date on which the spots stop running"],
    "file_date": ["when the filing was received", "date of the filing"],
    "registrant_name": ["who is registered", "name of the registered person or firm"],
    "registration_num": ["number of the registration"],
    "signer_name": ["who signed the document"],
}

# Usual near such a document and missing there, unless a word of it stands on the page.
MISSING: dict[str, list[str]] = {
    "sroie": ["due date", "payment due date", "iban", "bank account", "swift code", "shipping address", "delivery date", "e-mail",
              "purchase order number", "policy number", "customer address", "tip", "gratuity", "licence plate", "discount", "fax",
              "coupon code", "loyalty points", "vat number", "delivery fee", "expiry date", "customer name", "card number", "website",
              "approval code", "table number", "number of guests", "cashier", "service charge", "deposit", "buyer", "bill to",
              "order number", "warranty", "patient name", "date of birth", "room number", "check-out date", "salesperson", "member id",
              "payment terms", "shipping cost", "barcode", "currency", "driver", "gate", "seat", "tips", "subtotal", "store hours"],
    "deepform": ["due date", "date of birth", "shipping address", "tip", "bank account", "passport number", "iban", "patient name",
                 "delivery date", "vat number", "policy number", "cash", "change", "item price", "licence plate", "tax id", "discount",
                 "purchase order number", "e-mail", "registrant name", "employee id", "signature", "subtotal", "tax", "remit to",
                 "payment method", "website", "fax", "salesperson", "station", "agency", "estimate number", "product", "issue date"],
    "vrdu_registration_weak": ["tip", "iban", "subtotal", "total amount", "due date", "order number", "telephone", "e-mail",
                               "passport number", "date of birth", "invoice number", "bank account", "vat number", "delivery date",
                               "foreign principal", "address", "website", "fax", "patient name", "nationality", "occupation"],
    "naf": ["tip", "iban", "advertiser", "e-mail", "tax", "change", "invoice number", "website", "subtotal", "due date", "fax",
            "telephone", "order number", "bank account", "passport number", "total amount", "store name", "payment method",
            "date of birth", "place of birth", "occupation", "witness", "nationality", "rank", "serial number", "signature",
            "county", "religion", "height", "weight", "color of hair", "name of vessel", "date of death", "next of kin"],
}
MISSING["sroie_gpt4o_ext"] = [n for n in MISSING["sroie"] if n not in ("tip", "gratuity", "tips", "subtotal", "website", "e-mail")]
