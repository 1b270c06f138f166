// Marks of check boxes as the vocabulary can tell them apart: it knows no ballot box, ticked or not, and drops what symbol fonts put into the
// private use area. A ticked one is read as the letter x, an empty one as a sign that stays unknown. Character for character, so
// that places and spellings are the page's own. training/protocol.py has the same table.

/** Unicode's, then those of Wingdings and Wingdings 2. */
export const TICKED =
  '\u2611\u2612\u2713\u2714\u2717\u2718\u2705\u274c\u2a2f\u{1f5f9}\u{1f5f7}\uf0fb\uf0fc\uf0fd\uf0fe\uf052\uf054'
export const EMPTY = '\uf06f\uf071\uf0a3\uf0a8'

const ticked = new RegExp(`[${TICKED}]`, 'gu')
const empty = new RegExp(`[${EMPTY}]`, 'gu')

export const marksApart = (text: string): string =>
  text.replace(ticked, 'x').replace(empty, '\u2610')
