// Plain text tables: columns as wide as their widest cell, numbers to the right, long cells cut.

const MOST_CHARS = 48

/** The first row is the head. Cells of columns whose every cell is a number (or empty) stand to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(cut))
  const columns = (cells[0] ?? []).map((_, i) => {
    const column = cells.map((row) => row[i] ?? '')
    const isNumber = column.slice(1).every((cell) => /^(-?[\d.,]+|-|)$/.test(cell))
    return { width: Math.max(...column.map((cell) => cell.length)), isNumber }
  })
  const lines = cells.map((row) =>
    columns
      .map(({ width, isNumber }, i) => {
        const cell = row[i] ?? ''
        return isNumber ? cell.padStart(width) : cell.padEnd(width)
      })
      .join('  ')
      .trimEnd(),
  )
  const rule = columns.map(({ width }) => '-'.repeat(width)).join('  ')
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function cut(text: string): string {
  const plain = text.replaceAll(/\s+/g, ' ')
  return plain.length > MOST_CHARS ? `${plain.slice(0, MOST_CHARS - 3)}...` : plain
}
