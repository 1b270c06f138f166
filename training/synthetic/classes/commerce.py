"""Papers of trade: invoices of many sorts, quotes, orders, delivery notes, packing lists, credit notes, statements of account."""
from ..kinds import Kind, beside, chatter, choices, either, fields, head, heading, items, loose, maybe, party, prose, shuffled, sign, special, table, title, totals

SELLER = 'name?1 address?.95 phone?.5 fax?.25 email?.4 web?.35 taxid?.45 regno?.15 iban?.1'
NEAR = ('due_date invoice_date order_no delivery_no customer_no quote_no contract_no project your_ref our_ref buyer.name buyer.address buyer.phone buyer.email buyer.taxid buyer.contact shipto.name shipto.address seller.phone '
        'seller.fax seller.email seller.web seller.taxid seller.regno salesperson terms iban bic bank.name tracking_no weight incoterms shipping_method discount shipping tax subtotal deposit balance period_from period_to tip change paid '
        'order_date delivery_date valid_until receipt_no approved_by')
SUMS = 'subtotal?.75 discount?.7 shipping?0 tax?.85 total?.97 deposit?.1 balance?.1'
BANK = fields('bank.name?.7 iban?.8 bic?.6 payment_ref?.3 holder.name?.3')
NOUN = {'total': ('total', 'total amount', 'invoice total', 'amount due'), 'seller.name': ('seller name', 'vendor name', 'supplier', 'company name'), 'buyer.name': ('customer name', 'buyer name', 'bill to name'), 'item_name': ('description', 'item description', 'item'),
        'item_amount': ('line total', 'amount', 'line amount')}


def named(**more) -> dict:
    return {**NOUN, **{k.replace('__', '.'): v for k, v in more.items()}}


def _top(meta: str, second: str = 'shipto', attributes: str = 'name?1 address?.9 contact?.2 phone?.25 email?.15 taxid?.2'):
    """Letterhead, title, buyer and reference block in the usual arrangements."""
    block = fields(meta)
    return (
        either(head('seller', SELLER), head('seller', SELLER), beside(party('seller', SELLER), party('buyer', attributes)), beside(head('seller', SELLER), block)),
        title(.92),
        either(beside(party('buyer', attributes), block), beside(party('buyer', attributes), party(second, 'name?1 address?.95 phone?.2')), shuffled(party('buyer', attributes), block), beside(party('buyer', attributes), block)),
        maybe(.2, party(second, 'name?.9 address?1')), block)


def _paper(key, nouns, titles, meta, middle, tail, near='', names=None, weight=1.0, extras='shipping', second='shipto'):
    return Kind(key, nouns, titles, (*_top(meta, second), *middle, *tail), 'page', NEAR + ' ' + near, named(**(names or {})), 'items', weight, extras=extras)


GOODS = (maybe(.1, chatter(1)), items('goods', 2, 600, (1, 12)), totals(SUMS))
INVOICE = {'en': ('Invoice', 'Tax Invoice', 'Commercial Invoice', 'Sales Invoice', 'INVOICE'), 'de': ('Rechnung',), 'fr': ('Facture',), 'es': ('Factura',), 'it': ('Fattura',), 'nl': ('Factuur',), 'pt': ('Fatura', 'Nota Fiscal'), 'id': ('Faktur', 'Invoice', 'Faktur Penjualan'),
           'pl': ('Faktura VAT', 'Faktura'), 'sv': ('Faktura',)}

KINDS = (
    _paper('invoice', ('invoice',), INVOICE, 'invoice_no?.97 invoice_date?.97 due_date?.55 order_no?.4 customer_no?.35 delivery_date?.2 terms?.35 salesperson?.2 your_ref?.2 our_ref?.15 delivery_no?.1 shipping_method?.1 incoterms?.1', GOODS,
           (maybe(.5, BANK), maybe(.3, fields('payment_method?.5 remarks?.4 due_date?.4')), maybe(.2, sign('signed_by received_by?.3'))), weight=4),
    _paper('service invoice', ('invoice',), INVOICE, 'invoice_no?.97 invoice_date?.97 due_date?.6 project?.4 period_from?.35 period_to?.35 contract_no?.2 customer_no?.3 terms?.3 order_no?.2 seller.contact?.2',
           (items('service', 20, 1800, (1, 6)), totals(SUMS)), (maybe(.6, BANK), maybe(.3, chatter(1))), weight=2.5, extras=''),
    Kind('utility bill', ('utility bill', 'invoice'), {'en': ('Utility Bill', 'Electricity Bill', 'Water Bill', 'Your Energy Bill', 'Statement'), 'de': ('Stromrechnung', 'Jahresabrechnung', 'Rechnung Wasser'), 'fr': ('Facture d\'électricité', 'Facture d\'eau'), 'es': ('Factura de electricidad', 'Recibo de agua'),
         'it': ('Bolletta luce', 'Bolletta acqua'), 'nl': ('Energienota', 'Jaarnota'), 'pt': ('Fatura de eletricidade', 'Conta de água'), 'id': ('Tagihan Listrik', 'Tagihan Air'), 'pl': ('Rachunek za energię',), 'sv': ('Elräkning',)},
         (head('seller', SELLER), title(.9), beside(party('buyer', 'name?1 address?.95'), fields('account_no?.6 customer_no?.6 invoice_no?.6 invoice_date?.9 due_date?.8 period_from?.7 period_to?.7')),
          maybe(.6, fields('meter_no?.8 reading_previous?.8 reading_current?.8 usage?.8')), items('utility', 3, 120, (2, 6)), totals(SUMS), maybe(.4, BANK), chatter(2)), near=NEAR + ' meter_no reading_previous reading_current usage account_no', names=named(), weight=1.5),
    Kind('telecom bill', ('phone bill', 'invoice'), {'en': ('Phone Bill', 'Mobile Statement', 'Your Bill'), 'de': ('Mobilfunkrechnung', 'Telefonrechnung'), 'fr': ('Facture mobile', 'Facture télécom'), 'es': ('Factura móvil',), 'it': ('Fattura telefonica',), 'nl': ('Telefoonrekening',), 'pt': ('Fatura telemóvel',), 'id': ('Tagihan Telepon',)},
         (head('seller', SELLER), title(.8), beside(party('buyer', 'name?1 address?.95'), fields('account_no?.6 customer_no?.5 invoice_no?.7 invoice_date?.9 due_date?.7 buyer.mobile?.6')), fields('period_from?.7 period_to?.7 opening_balance?.4 plan?.5', 'spread'),
          items('utility', 2, 60, (2, 6)), totals(SUMS), maybe(.3, fields('payment_method?.8')), chatter(2)), near=NEAR + ' plan account_no buyer.mobile', names=named()),
    _paper('proforma invoice', ('pro-forma invoice', 'invoice'), {'en': ('Pro-forma Invoice', 'Proforma Invoice', 'PRO FORMA'), 'de': ('Proforma-Rechnung',), 'fr': ('Facture pro forma',), 'es': ('Factura proforma',), 'it': ('Fattura proforma',), 'nl': ('Pro-formafactuur',), 'pt': ('Fatura proforma',), 'id': ('Faktur Proforma',)},
           'invoice_no?.9 invoice_date?.95 valid_until?.5 incoterms?.6 shipping_method?.4 terms?.5 origin_country?.4 from_place?.2 to_place?.2 your_ref?.2', GOODS, (maybe(.6, BANK), maybe(.4, fields('weight?.5 net_weight?.4 packages?.4')), maybe(.4, sign('signed_by'))), 'origin_country weight packages'),
    _paper('credit note', ('credit note',), {'en': ('Credit Note', 'Credit Memo', 'CREDIT NOTE'), 'de': ('Gutschrift', 'Stornorechnung'), 'fr': ('Avoir',), 'es': ('Nota de crédito', 'Factura rectificativa'), 'it': ('Nota di credito',), 'nl': ('Creditnota',), 'pt': ('Nota de crédito',), 'id': ('Nota Kredit',), 'pl': ('Faktura korygująca',), 'sv': ('Kreditfaktura',)},
           'credit_no?.95 date?.95 invoice_no?.7 customer_no?.4 your_ref?.2', (maybe(.5, choices('return_reason?.7')), *GOODS), (maybe(.2, BANK),), 'return_reason credit_no', names={'total': ('total credit', 'total', 'credit amount')}),
    _paper('quotation', ('quotation', 'quote', 'offer'), {'en': ('Quotation', 'Quote', 'Estimate', 'Offer'), 'de': ('Angebot', 'Kostenvoranschlag'), 'fr': ('Devis', 'Offre de prix'), 'es': ('Presupuesto', 'Cotización'), 'it': ('Preventivo', 'Offerta'), 'nl': ('Offerte',), 'pt': ('Orçamento', 'Proposta comercial'), 'id': ('Penawaran Harga',), 'pl': ('Oferta',), 'sv': ('Offert',)},
           'quote_no?.95 date?.95 valid_until?.6 project?.35 salesperson?.3 terms?.3 customer_no?.3 delivery_date?.2', GOODS, (maybe(.4, fields('remarks?.7 warranty?.3')), maybe(.4, sign('approved_by?.6 sign_date?.5')), chatter(1)), names={'total': ('total', 'quote total', 'total amount')}, weight=1.6),
    _paper('purchase order', ('purchase order', 'order'), {'en': ('Purchase Order', 'PURCHASE ORDER', 'Order'), 'de': ('Bestellung',), 'fr': ('Bon de commande',), 'es': ('Orden de compra', 'Pedido'), 'it': ('Ordine di acquisto',), 'nl': ('Inkooporder', 'Bestelling'), 'pt': ('Ordem de compra', 'Nota de encomenda'), 'id': ('Pesanan Pembelian', 'Purchase Order'), 'pl': ('Zamówienie',), 'sv': ('Inköpsorder',)},
           'order_no?.97 order_date?.95 delivery_date?.5 terms?.4 shipping_method?.4 incoterms?.2 requester.name?.3 quote_no?.2 cost_center?.15 department?.15', GOODS, (maybe(.4, fields('remarks?.7')), maybe(.6, sign('approved_by?.8 sign_date?.5 prepared_by?.3'))), 'requester.name approved_by cost_center', names={'order_date': ('order date', 'date'), 'order_no': ('po number', 'order number')}, weight=2),
    _paper('order confirmation', ('order confirmation',), {'en': ('Order Confirmation', 'Sales Order', 'Acknowledgement of Order'), 'de': ('Auftragsbestätigung',), 'fr': ('Confirmation de commande',), 'es': ('Confirmación de pedido',), 'it': ('Conferma d\'ordine',), 'nl': ('Orderbevestiging',), 'pt': ('Confirmação de encomenda',), 'id': ('Konfirmasi Pesanan',), 'sv': ('Orderbekräftelse',)},
           'order_no?.95 order_date?.9 customer_no?.5 delivery_date?.6 your_ref?.4 terms?.3 salesperson?.3', GOODS, (maybe(.3, fields('payment_method?.7')), chatter(1))),
    Kind('delivery note', ('delivery note',), {'en': ('Delivery Note', 'Delivery Order', 'Goods Delivery Docket'), 'de': ('Lieferschein',), 'fr': ('Bon de livraison',), 'es': ('Albarán', 'Nota de entrega'), 'it': ('Documento di trasporto', 'Bolla di consegna'), 'nl': ('Pakbon', 'Afleverbon'), 'pt': ('Guia de remessa',), 'id': ('Surat Jalan',), 'pl': ('Dokument WZ',), 'sv': ('Följesedel',)},
         (*_top('delivery_no?.95 date?.9 order_no?.6 customer_no?.3 delivery_date?.3 carrier.name?.3 plate?.2 your_ref?.2'), special('items', 'freight', 'item_code?.6 item_name?1 item_qty?1 item_units?.4 item_weight?.3', (1, 10)), maybe(.5, fields('packages?.6 weight?.6 driver.name?.3')), sign('received_by?.9 sign_date?.5 driver.name?.2')),
         near=NEAR + ' total invoice_no received_by driver.name weight packages', names=named(), weight=1.5),
    Kind('packing list', ('packing list',), {'en': ('Packing List', 'Packing Slip'), 'de': ('Packliste',), 'fr': ('Liste de colisage',), 'es': ('Lista de empaque', 'Packing list'), 'it': ('Lista di imballaggio', 'Packing list'), 'nl': ('Paklijst',), 'pt': ('Lista de embalagem', 'Romaneio'), 'id': ('Daftar Kemasan', 'Packing List')},
         (*_top('invoice_no?.6 date?.9 order_no?.5 delivery_no?.3 shipping_method?.4 to_place?.3 container_no?.3 incoterms?.2'), special('items', 'freight', 'position_no?.3 item_name?1 item_qty?1 item_units?.6 item_weight?.8 item_volume?.4 hs_code?.2', (1, 9)), fields('packages?.8 weight?.8 net_weight?.6 volume?.4'), maybe(.4, sign('prepared_by?.6'))),
         near=NEAR + ' container_no weight net_weight packages volume', names=named()),
    Kind('payment reminder', ('payment reminder', 'dunning letter'), {'en': ('Payment Reminder', 'Overdue Notice', 'Final Reminder'), 'de': ('Mahnung', 'Zahlungserinnerung'), 'fr': ('Rappel de paiement', 'Relance'), 'es': ('Recordatorio de pago',), 'it': ('Sollecito di pagamento',), 'nl': ('Betalingsherinnering', 'Aanmaning'), 'pt': ('Aviso de pagamento',), 'id': ('Surat Peringatan Pembayaran',), 'sv': ('Betalningspåminnelse',)},
         (head('seller', SELLER), beside(party('buyer', 'name?1 address?.95'), fields('date?.95 customer_no?.5 invoice_no?.5')), title(.9), chatter(1), table('invoices', {'doc_ref': 'code', 'doc_date': 'date -90 -20', 'line_amount': 'money 10 900'}, (1, 5)), fields('balance?.9 reminder_fee?.5 due_date?.6', 'spread'), maybe(.6, BANK)),
         near=NEAR + ' reminder_fee balance', names=named(), group='invoices'),
    Kind('rental invoice', ('rental invoice', 'car rental agreement'), {'en': ('Rental Agreement', 'Car Rental Invoice', 'Vehicle Rental Agreement'), 'de': ('Mietwagenrechnung',), 'fr': ('Contrat de location véhicule',), 'es': ('Contrato de alquiler de vehículo',), 'it': ('Contratto di noleggio',), 'nl': ('Huurovereenkomst auto',), 'pt': ('Contrato de aluguer de veículo',), 'id': ('Perjanjian Sewa Mobil',)},
         (head('seller', SELLER), title(.9), beside(party('driver', 'name?1 address?.8 phone?.4 dob?.3 license_no?.5'), fields('contract_no?.9 booking_no?.4 date?.7')), heading('vehicle'), fields('vehicle?.95 plate?.9 fuel_type?.4 mileage_out?.6 mileage_in?.6 rental_from?.8 rental_to?.8 pickup_place?.6 return_place?.6'), items('service', 10, 300, (1, 4)),
          totals(SUMS), maybe(.4, choices('insured_before?.3 coverage?.6')), sign('signed_by sign_date?.5')), near=NEAR + ' mileage_out mileage_in rental_from rental_to pickup_place return_place driver.license_no driver.dob', names=named(), weight=.9),
    Kind('repair order', ('repair order', 'work order'), {'en': ('Repair Order', 'Work Order', 'Service Order', 'Job Card'), 'de': ('Reparaturauftrag', 'Werkstattauftrag'), 'fr': ('Ordre de réparation', 'Fiche d\'intervention'), 'es': ('Orden de reparación', 'Orden de trabajo'), 'it': ('Ordine di lavoro', 'Scheda riparazione'), 'nl': ('Werkbon', 'Reparatieopdracht'), 'pt': ('Ordem de serviço',), 'id': ('Perintah Kerja', 'Nota Servis')},
         (head('seller', SELLER), title(.95), beside(party('owner', 'name?1 address?.6 phone?.7 email?.3'), fields('work_order_no?.95 date?.9 delivery_date?.3 technician?.5')), either(fields('vehicle?.95 plate?.9 vin?.4 mileage?.6 year_made?.3'), fields('product?.95 serial_no?.8 manufacturer.name?.5 purchase_date?.3')), choices('repair_type?.6'), fields('fault?.8'), items('parts', 5, 400, (1, 7)), totals(SUMS), sign('signed_by?.6 technician?.2 sign_date?.4')),
         near=NEAR + ' vin plate mileage serial_no fault technician repair_type', names=named(), weight=1.2),
    Kind('purchase requisition', ('purchase requisition',), {'en': ('Purchase Requisition', 'Requisition Form', 'Material Request'), 'de': ('Bestellanforderung', 'Bedarfsmeldung'), 'fr': ('Demande d\'achat',), 'es': ('Solicitud de compra',), 'it': ('Richiesta di acquisto',), 'nl': ('Inkoopaanvraag',), 'pt': ('Requisição de compra',), 'id': ('Permintaan Pembelian',)},
         (either(head('employer', 'name?1 address?.3'), title(.9)), title(.97), fields('requisition_no?.85 date?.9 requester.name?.95 department?.8 cost_center?.5 needed_by?.5 seller.name?.5 project?.3'), choices('priority?.5'), items('goods', 5, 500, (1, 8)), totals('total?.7'), sign('requester.name?.3 approved_by?.9 sign_date?.4')),
         near=NEAR + ' cost_center needed_by priority approved_by seller.name', names=named(), blank=.1),
    Kind('inventory list', ('inventory list', 'stock list'), {'en': ('Inventory List', 'Stock Report', 'Stock Count Sheet'), 'de': ('Inventarliste', 'Bestandsliste'), 'fr': ('Inventaire', 'Liste de stock'), 'es': ('Inventario', 'Lista de existencias'), 'it': ('Inventario', 'Elenco giacenze'), 'nl': ('Inventarislijst', 'Voorraadlijst'), 'pt': ('Inventário',), 'id': ('Daftar Inventaris', 'Laporan Stok')},
         (maybe(.5, head('employer', 'name?1 address?.3')), title(.95), fields('date?.9 warehouse?.7 counted_by?.6 department?.3'), table('stock', {'item_name': 'item goods', 'stock_qty': 'int 0 900', 'item_code': 'form ???-###/#####/??####', 'stock_place': 'form ?-##/?#-##/##-?', 'stock_min': 'int 5 90', 'check_note': '~phrase'}, (3, 14)), maybe(.5, sign('counted_by?.3 approved_by?.7'))),
         near='approved_by warehouse department total stock_min invoice_no due_date', group='stock'),
)
