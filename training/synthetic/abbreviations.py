"""How printers shorten and vary a label in each language: "Rechnungsnummer", "Rechnungs-Nr.", "Rechnungsnr."; for pages to train on."""
from __future__ import annotations

import random
import re

N_SIGNS = ('Nº', 'N.º', 'N°', 'No', 'No.', 'Nr.', 'Num.', 'Núm.')
# by language: (pattern, what may stand for it); of those that match a label one is taken
RULES: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    'en': [(r'\bNumber\b', ('No.', 'No', 'Nr', '#', 'Num', 'No:')), (r'\bNo\.?(?=$| )', ('Number', '#', 'Nr.', 'Num.')), (r'\bAmount\b', ('Amt', 'Amt.')), (r'\bDate\b', ('Dt', 'Date')),
           (r'\bTelephone\b|\bPhone\b', ('Tel', 'Tel.', 'Ph', 'Ph.', 'Phone No', 'Telephone No.')), (r'\bAddress\b', ('Addr', 'Addr.')), (r'\bQuantity\b', ('Qty', 'Qty.', 'Quant.')),
           (r'\bReference\b', ('Ref', 'Ref.', 'Ref. No')), (r'\bAccount\b', ('Acct', 'Acct.', 'A/C')), (r'\bDepartment\b', ('Dept', 'Dept.')), (r'\bDescription\b', ('Desc', 'Descr.')),
           (r'\bCustomer\b', ('Cust', 'Cust.')), (r'\bInvoice\b', ('Inv', 'Inv.')), (r'\bRegistration\b', ('Reg', 'Reg.', 'Regn')), (r'\bCertificate\b', ('Cert', 'Cert.')),
           (r'\bDelivery\b', ('Del.', 'Dlv')), (r'\bPayment\b', ('Pmt', 'Pymt')), (r'\bNumber of\b', ('No. of', '# of')), (r'\bMaximum\b', ('Max', 'Max.')), (r'\bMinimum\b', ('Min', 'Min.')),
           (r'^(\w+) (date|number|name|address|type|code|fee|amount)$', (r'\2 of \1', r'\1-\2', r'\1\2')), (r' and ', (' & ', '/'))],
    'de': [(r'(-| )?[Nn]ummer$', ('-Nr.', 'nr.', 'nr', '-Nr', ' Nr.', '-nummer')), (r'(-| )[Nn]r\.?$', ('nummer', 'nr.', 'nr', ' Nr', '-Nummer', ' Nr.:')), (r'\bTelefon\b', ('Tel.', 'Tel', 'Fon', 'Telefon-Nr.')),
           (r'(?<=\w)datum$', ('-Datum', 'dat.', ' Datum')), (r'[Ss]traße\b', ('str.', 'strasse')), (r'betrag$', ('betr.', '-Betrag')), (r' und ', (' u. ', ' & ')), (r'\b[Dd]atum der\b', ('Dat. d.',))],
    'fr': [(r'\b[Nn](uméro|[°º]|o)\b', ('N°', 'No', 'Nº', 'n°', 'Num.', 'Numéro', 'N o')), (r'[Nn]°', ('No', 'Nº', 'n°', 'Num.')), (r'\b[Dd]ate (de |d\')', ('Date ', 'Dt ')), (r'\b[Tt]éléphone\b', ('Tél.', 'Tél', 'Tel.')),
           (r'\b[Rr]éférence\b', ('Réf.', 'Réf')), (r'\b[Mm]ontant\b', ('Mt', 'Mnt', 'Montant')), (r'\b[Aa]dresse\b', ('Adr.',)), (r' et ', (' & ',))],
    'es': [(r'\bNúmero\b|N\.º|Nº|N°', (*N_SIGNS, 'Número', 'Nro.')), (r'\b[Ff]echa de\b', ('Fecha', 'F.', 'Fec.')), (r'\b[Tt]eléfono\b', ('Tel.', 'Tlf.', 'Tfno.', 'Teléf.')),
           (r'\b[Rr]eferencia\b', ('Ref.',)), (r'\b[Ii]mporte\b', ('Imp.',)), (r'\b[Dd]irección\b', ('Dir.', 'Direcc.')), (r'\b[Cc]ódigo\b', ('Cód.', 'Cod.')), (r' y ', (' / ',))],
    'it': [(r'\b[Nn]umero\b|\bN\.|\bn\.', ('N.', 'Nr.', 'N°', 'n.', 'Num.', 'Numero')), (r'\b[Dd]ata di\b', ('Data', 'Dt.')), (r'\b[Tt]elefono\b', ('Tel.', 'Tel')), (r'\b[Rr]iferimento\b', ('Rif.',)),
           (r'\b[Ii]mporto\b', ('Imp.',)), (r'\b[Ii]ndirizzo\b', ('Ind.',)), (r'\b[Cc]odice\b', ('Cod.',))],
    'nl': [(r'-?nummer$', ('nr.', 'nr', '-nr.', ' nr', ' no.', ' nummer')), (r' ?nr\.?$', ('nummer', ' nr', '-nr.', 'nr')), (r'\b[Tt]elefoon\b', ('Tel.', 'Tel')), (r'datum$', ('dat.', ' datum', 'datum')), (r'bedrag$', ('bedr.', ' bedrag'))],
    'pt': [(r'\bNúmero\b|N\.º|Nº|N°', (*N_SIGNS, 'Número', 'nº')), (r'\b[Dd]ata d[eao]\b', ('Data', 'Dt.')), (r'\b[Tt]elefone\b', ('Tel.', 'Telef.', 'Fone')), (r'\b[Rr]eferência\b', ('Ref.',)),
           (r'\b[Vv]alor\b', ('Vlr', 'Vl.')), (r'\b[Mm]orada\b', ('Endereço',)), (r'\b[Cc]ódigo\b', ('Cód.',))],
    'id': [(r'\bNomor\b', ('No.', 'No', 'Nomer', 'Nmr')), (r'\bNo\.', ('Nomor', 'No', 'No')), (r'\bTanggal\b', ('Tgl.', 'Tgl')), (r'\bTgl\.?', ('Tanggal',)), (r'\bJumlah\b', ('Jml', 'Jml.')), (r'\bTelepon\b', ('Telp.', 'Telp', 'Tel'))],
    'pl': [(r'\b[Nn]r\b\.?', ('nr', 'Nr', 'Numer', 'Nr.', 'numer')), (r'\b[Nn]umer\b', ('Nr', 'nr')), (r'\b[Tt]elefon\b', ('Tel.', 'tel.')), (r'\b[Aa]dres\b', ('Adr.',)), (r' i ', (' oraz ', ' / ')), (r'^(\w+) nr$', (r'Nr \1', r'nr \1'))],
    'sv': [(r'-?nummer$', ('nr', 'nr.', '-nr', ' nr', '-nummer')), (r' ?-?nr\.?$', ('nummer', ' nr', '-nr', 'nr.')), (r'\b[Tt]elefon\b', ('Tel.', 'Tel', 'Tfn')), (r'datum$', ('dat.', ' datum')), (r'belopp$', ('bel.', ' belopp'))],
}


def shortened(label: str, lang: str, rng: random.Random) -> str:
    """The label as another printer might set it; the same where no rule knows it."""
    fits = [(p, put) for p, put in RULES.get(lang, ()) if re.search(p, label)]
    if not fits:
        return label
    pattern, put = rng.choice(fits)
    return re.sub(pattern, rng.choice(put), label, count=1).strip()
