"""Broadcast advertising orders and invoices, and filings of registrants under the foreign agents act (English)."""
from ..kinds import Kind, beside, chatter, choices, either, fields, head, loose, maybe, party, prose, shuffled, sign, special, title, totals

ORDER = 'order_ref?.95 alt_order?.5 estimate_no?.6 ad_product?.7 flight_from?.95 flight_to?.95 print_date?.5 revised?.2 invoice_date?.15'
PEOPLE = 'account_exec?.7 sales_office?.6 demographic?.4 billing_cycle?.4 billing_calendar?.5 agency_code?.4 advertiser_code?.4 remarks?.2'
NAMES = {'gross_amount': ('gross amount', 'gross total', 'total gross amount'), 'flight_from': ('flight from', 'flight start date', 'start date'), 'flight_to': ('flight to', 'flight end date', 'end date'), 'order_ref': ('contract num', 'contract number', 'order number'),
         'advertiser.name': ('advertiser', 'advertiser name', 'client'), 'station.name': ('station', 'station name', 'property', 'call letters'), 'agency.name': ('agency', 'agency name', 'advertising agency')}
NEAR = 'alt_order estimate_no demographic commission net_amount account_exec agency.name agency.address advertiser.address order_ref flight_from flight_to gross_amount spots due_date terms tax invoice_no invoice_date signed_by station.phone buyer.name subtotal'
SPOTS = 'position_no?.8 spot_from?.6 spot_to?.6 spot_name?1 spot_days?.5 spot_times?.5 spot_len?.6 spot_count?.6 spot_rate?.8 spot_amount?.7'
SUMS = totals('spots?.3 gross_amount?.97 commission?.75 net_amount?.8')
STATION = 'name?1 address?.7 phone?.4 fax?.1 web?.15'
FILER = {'registrant.name': ('registrant name', 'registrant', 'name of registrant'), 'principal.name': ('foreign principal name', 'foreign principal', 'name of foreign principal'), 'signed_by': ('signer name', 'signed by', 'name of signer'), 'stamped': ('file date', 'date stamped', 'filing date')}


def _order(key, nouns, titles, weight):
    metas = either(fields(ORDER), fields(ORDER, 'above'), fields(ORDER, 'above'), fields(ORDER, 'columns'))
    rest = either(fields(PEOPLE), fields(PEOPLE, 'above'))
    clients = fields('advertiser.name?1 agency.name?.4 station.name?.2')
    return Kind(key, nouns, {'en': titles}, (
        either(beside(head('station', STATION), metas), shuffled(head('station', STATION), metas), (beside(party('station', STATION), party('agency', 'name?1 address?.9 contact?.4')))),
        title(.9), either(beside(clients, metas), shuffled(clients, metas), beside(shuffled(party('agency', 'name?1 address?.9 contact?.4'), clients), metas)), rest,
        either(special('spots', 'spots', SPOTS, (2, 14)), special('spots', 'spots', SPOTS, (2, 8))), SUMS, maybe(.3, chatter(1)), maybe(.3, sign('signed_by sign_date?.5'))),
        'page', NEAR, NAMES, 'spots', weight, blank=.08, locale='en_US', span=(2012, 2024))


REGISTRATION = 'registration_no?1 registrant.name?1 alias?.3 period_ending?.3 principal.name?.6 principal.country?.4 short_form?.25 registration_date?.5 stamped?.9'
KINDS = (
    _order('ad order', ('order', 'contract'), ('CONTRACT', 'Order', 'BROADCAST ORDER', 'Contract Agreement', 'Sales Order', 'ORDER CONFIRMATION', 'Orders', 'ELECTRONIC ORDER'), 3),
    _order('ad invoice', ('invoice',), ('INVOICE', 'Invoice', 'Broadcast Invoice', 'AFFIDAVIT OF PERFORMANCE'), 1.5),
    Kind('agent registration', ('filing', 'registration statement'), {'en': ('Document Metadata', 'Registration Statement', 'Supplemental Statement', 'Short Form', 'Amendment', 'Dissemination Report', 'Exhibit A to Registration Statement', 'Exhibit AB', 'Amendment to Registration Statement')}, (
        maybe(.2, loose('stamped', 'r')), title(.95), maybe(.4, chatter(2)), either(fields(REGISTRATION, 'equals'), fields(REGISTRATION + ' registrant.address?.5', 'numbered'), fields(REGISTRATION + ' registrant.address?.4'), fields(REGISTRATION, 'above')),
        maybe(.3, choices('filing_status?.8')), maybe(.5, prose('Pursuant to the Foreign Agents Registration Act of 1938, as amended, {registrant.name} hereby submits this statement on behalf of {principal.name}.', 'This statement is filed for the six month period ending {period_ending} under registration {registration_no}.',
        'The undersigned swears or affirms under penalty of perjury that he has read the information set forth in this statement.')), chatter(2), maybe(.6, sign('signed_by?.9 sign_date?.8'))), 'page',
        'short_form alias period_ending principal.name principal.country registration_date stamped signed_by sign_date registrant.address registrant.phone total invoice_no due_date', FILER, weight=2.5, blank=.25, locale='en_US', span=(1965, 2024)),
)
