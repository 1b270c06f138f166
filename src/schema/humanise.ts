// Property names as people would write them on a form, which is what the model was trained to read.
// Only identifiers are taken apart; a name with spaces or other signs in it was written for people already.

const IDENTIFIER = /^[\p{L}\p{M}\p{N}_-]+$/u

/** 'invoiceNumber', 'invoice_number' and 'INVOICE-NUMBER' to 'invoice number'; 'NAME (Last, First)' stays. */
export function humanise(name: string): string {
  const spaced = name.replace(/\s+/gu, ' ').trim()
  if (!IDENTIFIER.test(spaced)) return spaced
  const words = spaced
    .replace(/[_-]+/g, ' ')
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .trim()
    .toLowerCase()
  return words === '' ? spaced : words
}
