"""Shop, restaurant, fuel, parking, taxi and pharmacy receipts."""
from ..kinds import Kind, beside, chatter, choices, either, fields, head, loose, maybe, shuffled, till, title, totals

TITLES = {'en': ('Receipt', 'TAX INVOICE', 'Cash Bill', 'SIMPLIFIED TAX INVOICE', 'Sales Receipt', 'Invoice', 'CASH SALES', 'Guest Check', 'OFFICIAL RECEIPT'), 'de': ('Kassenbon', 'Rechnung', 'Beleg', 'Quittung'), 'fr': ('Ticket de caisse', 'Reçu', 'Facturette'),
          'es': ('Ticket', 'Factura simplificada', 'Recibo'), 'it': ('Scontrino', 'Documento commerciale', 'Ricevuta'), 'nl': ('Kassabon', 'Bon'), 'pt': ('Recibo', 'Cupom fiscal', 'Fatura simplificada'), 'id': ('Struk', 'Nota', 'Struk Pembayaran'),
          'pl': ('Paragon fiskalny',), 'sv': ('Kvitto',)}
NAMES = {'merchant.name': ('store name', 'company', 'merchant name', 'company name', 'vendor'), 'merchant.address': ('store address', 'address', 'merchant address', 'company address'), 'merchant.phone': ('telephone', 'phone', 'store phone', 'merchant phone'),
         'date': ('date', 'receipt date', 'transaction date', 'purchase date', 'date of purchase'), 'total': ('total', 'total amount', 'grand total'), 'tip': ('tips', 'tip'), 'merchant.taxid': ('tax id', 'merchant tax id', 'gst number'),
         'item_amount': ('item price', 'price', 'line total'), 'item_qty': ('item quantity', 'quantity'), 'item_name': ('item name', 'item', 'product')}
NEAR = ('tip due_date buyer.name buyer.address merchant.fax merchant.email merchant.web merchant.regno order_no customer_no discount subtotal tax change paid rounding service_charge time table_no cashier iban card_no '
        'delivery_date shipping invoice_no merchant.phone merchant.taxid member_no payment_method deposit buyer.phone shipto.address guests server')
HEAD = 'name?1 address?.85 phone?.6 fax?.12 email?.08 web?.2 taxid?.4 regno?.2'
SUMS = 'subtotal?.65 discount?.8 service_charge?0 tax?.65 tip?0 rounding?0 total?.99 paid?.55 change?.85 '
WHEN = shuffled(fields('receipt_no?.6 trans_no?.2 register?.3 store_no?.2 cashier?.5'), either(fields('date?1 time?.85'), beside(fields('date?1'), fields('time?.8')), fields('date?1 time?.8', 'flow'), loose('date'), maybe(.9, loose('date'), loose('time'))))


def _kind(key, nouns, domain, low, high, rows, middle, sums=SUMS, weight=1.0, extras='', near='', titles=TITLES, foot='item_count?.3 card_no?.3 auth_code?.2 member_no?.15 points?.1', role='merchant'):
    return Kind(key, nouns, titles, (head(role, HEAD), title(.5), either(WHEN, middle, shuffled(WHEN, middle)), till(domain, low, high, rows), totals(sums), maybe(.5, fields('payment_method?.7')), maybe(.6, fields(foot)),
                                     maybe(.25, loose('date'), loose('time')), chatter(1)), 'slip', NEAR + ' ' + near, NAMES, 'items', weight, retail=True, extras=extras)


KINDS = (
    _kind('shop receipt', ('receipt',), 'grocery', 1, 30, (1, 14), fields('store_no?.3 member_no?.2 salesperson?.15'), weight=5, extras='rounding'),
    _kind('hardware receipt', ('receipt',), 'hardware', 1, 90, (1, 8), fields('customer_no?.2 salesperson?.2 terms?.1 order_no?.1'), weight=2, extras='rounding'),
    _kind('restaurant receipt', ('receipt', 'bill'), 'restaurant', 2, 40, (1, 12), fields('table_no?.7 guests?.5 server?.5 receipt_no?.3', None), weight=4, extras='tip tip service_charge rounding', near='tip guests table_no'),
    _kind('pharmacy receipt', ('receipt',), 'pharmacy', 2, 40, (1, 6), fields('member_no?.4 trans_no?.3 patient.name?.15'), weight=1.2, extras='rounding', near='patient.name points'),
    _kind('fuel receipt', ('receipt', 'fuel receipt'), 'fuel', 20, 90, (1, 1), fields('pump?.8 litres?.8 fuel_price?.6 plate?.2 mileage?.1'), weight=1.2, near='pump litres plate mileage fuel_price'),
    _kind('parking receipt', ('receipt', 'parking ticket'), 'parking', 2, 30, (1, 1), fields('ticket_no?.5 entry_time?.7 exit_time?.7 duration?.5 plate?.4'), weight=.8, near='entry_time exit_time duration plate'),
    Kind('taxi receipt', ('receipt', 'taxi receipt'), TITLES, (head('merchant', HEAD), title(.6), shuffled(fields('date?1 time?.5 receipt_no?.4'), fields('driver.name?.5 plate?.5 distance?.6 start_time?.4 end_time?.4 from_place?.3 to_place?.3')),
                                                         fields('fare?1 tip?.3', 'spread'), fields('payment_method?.6'), chatter(1)), 'slip', NEAR + ' driver.name plate distance start_time end_time from_place to_place tip', NAMES, weight=.8),
)
