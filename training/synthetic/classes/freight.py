"""Papers of transport and customs."""
from ..kinds import Kind, beside, chatter, choices, either, fields, head, maybe, party, shuffled, sign, special, title, titled

FIRM, DOOR = 'name?1 address?.95 phone?.25 contact?.15 email?.1 taxid?.1', 'name?1 address?.95 phone?.3 country?.1'
NEAR = ('shipper.name shipper.address consignee.name consignee.address notify.name notify.address carrier.name weight net_weight packages volume container_no seal_no tracking_no incoterms freight_terms invoice_no order_no due_date total '
        'origin_country date signed_by dangerous customs_value duty vessel voyage port_loading port_discharge')
CARGO = 'position_no?.2 item_code?.3 item_qty?.8 item_units?.6 item_name?1 hs_code?.3 item_weight?.8 item_volume?.5'

KINDS = (
    Kind('bill of lading', ('bill of lading',), titled('Bill of Lading/Ocean Bill of Lading/Straight Bill of Lading/BILL OF LADING|Konnossement/Seefrachtbrief|Connaissement|Conocimiento de embarque|Polizza di carico|Cognossement/Zeevrachtbrief|Conhecimento de embarque|Surat Muatan/Bill of Lading'), (
        maybe(.5, head('carrier', 'name?1 address?.5 phone?.3')), title(.9), either(beside(shuffled(party('shipper', FIRM), party('consignee', DOOR), maybe(.7, party('notify', DOOR))), fields('bl_no?.95 booking_no?.4 date?.5 our_ref?.2 carrier.name?.3')),
        (shuffled(party('shipper', FIRM), party('consignee', DOOR), fields('bl_no?.95 date?.6')))), either(fields('vessel?.9 voyage?.8 port_loading?.9 port_discharge?.9 from_place?.2 to_place?.3', 'above'), fields('vessel?.9 voyage?.8 port_loading?.9 port_discharge?.9')),
        maybe(.6, fields('container_no?.9 seal_no?.7')), special('cargo', 'freight', CARGO, (1, 8)), fields('packages?.6 weight?.7 volume?.3'), maybe(.6, choices('freight_terms?.8')), fields('issue_place?.5 date?.3'), chatter(1), sign('signed_by?.8 sign_date?.5')), near=NEAR, group='cargo', weight=1.6),
    Kind('customs declaration', ('customs declaration',), titled('Customs Declaration/Import Declaration/Export Declaration/CN 23|Zollanmeldung/Zollinhaltserklärung|Déclaration en douane|Declaración de aduanas|Dichiarazione doganale|Douaneaangifte|Declaração aduaneira|Pemberitahuan Impor Barang/Deklarasi Pabean'), (
        title(.95), fields('declaration_no?.9 date?.7 invoice_no?.3'), either(beside(party('exporter', FIRM), party('importer', FIRM)), shuffled(party('exporter', FIRM), party('importer', FIRM)), beside(party('sender', DOOR), party('recipient', DOOR))),
        fields('origin_country?.7 container_no?.2 shipping_method?.4 incoterms?.3 bl_no?.2'), special('cargo', 'freight', 'position_no?.3 item_name?1 hs_code?.9 item_qty?.6 item_weight?.7 item_amount?.8 origin?.5', (1, 7)), fields('packages?.5 weight?.7 customs_value?.8 duty?.5'),
        maybe(.4, choices('dangerous?.6')), sign('signed_by?.8 sign_date?.7')), near=NEAR, group='cargo', weight=1.2, blank=.08),
    Kind('shipping label', ('shipping label',), titled('Priority Mail/EXPRESS/Parcel/Ground|Paketschein/Versandschein|Étiquette colis|Etiqueta de envío|Etichetta di spedizione|Verzendlabel|Etiqueta de envio|Resi Pengiriman'), (
        maybe(.4, title(.9)), either((party('sender', DOOR)), fields('carrier.name?.8 tracking_no?.5')), party('recipient', DOOR), fields('tracking_no?.9 weight?.6 date?.4 order_no?.3 customer_no?.1 goods?.3 packages?.2'), maybe(.3, choices('shipping_method?.8'))), 'card', NEAR, weight=.9),
    Kind('road waybill', ('consignment note', 'waybill'), titled('Consignment Note/CMR International Consignment Note/Waybill|Frachtbrief/CMR-Frachtbrief|Lettre de voiture CMR|Carta de porte CMR|Lettera di vettura CMR|Vrachtbrief CMR|Guia de transporte CMR|Surat Muatan Darat'), (
        title(.95), beside(party('sender', FIRM), fields('delivery_no?.5 date?.8 order_no?.3')), beside(party('consignee', DOOR), party('carrier', 'name?1 address?.8')), fields('from_place?.8 to_place?.8 delivery_date?.4 plate?.6 driver.name?.5', 'numbered'), special('cargo', 'freight', CARGO, (1, 6)), fields('weight?.6 packages?.5 remarks?.4'),
        sign('received_by?.6 driver.name?.2 sign_date?.6')), near=NEAR + ' plate driver.name received_by', group='cargo', blank=.1),
)
