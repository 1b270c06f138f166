// Milliseconds by number of fields as an SVG, both axes logarithmic. Drawn by hand: five lines need no library.
import type { FieldsRow, Way } from './fields.ts'

const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [760, 440, 70, 20, 190, 50]
const NAMES: Readonly<Record<Way, readonly [label: string, colour: string]>> = {
  kernel: ['one pass, kernel', '#0b7285'],
  onePass: ['one pass, ONNX Runtime', '#1c7ed6'],
  questions: ['a pass a field', '#7048e8'],
  oneJson: ['one JSON, decoded', '#e8590c'],
  keyByKey: ['key by key, decoded', '#c92a2a'],
}

export function plot(rows: readonly FieldsRow[]): string {
  const counts = rows.map(({ fields }) => fields)
  const times = rows.flatMap(({ ms }) => Object.values(ms).map(({ median }) => median))
  const x = scale(Math.min(...counts), Math.max(...counts), LEFT, WIDTH - RIGHT)
  const [low, high] = [
    decade(Math.min(...times), Math.floor),
    decade(Math.max(...times), Math.ceil),
  ]
  const y = scale(low, high, HEIGHT - BOTTOM, TOP)
  const lines = (Object.keys(NAMES) as Way[]).map((way) => {
    const [label, colour] = NAMES[way]
    const points = rows.map(({ fields, ms }) => [x(fields), y(ms[way].median)] as const)
    const [lastX, lastY] = points.at(-1) ?? [0, 0]
    const dots = points.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`)
    return `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${points.map((point) => point.join(',')).join(' ')}"/>
${dots.join('')}<text x="${lastX + 8}" y="${lastY + 4}" fill="${colour}">${label}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${decadesOf(low, high)
  .map((ms) => gridLine(y(ms), seconds(ms)))
  .join('\n')}
${counts.map((count) => tick(x(count), count)).join('\n')}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">fields</text>
${lines.join('\n')}
</svg>
`
}

const scale = (from: number, to: number, first: number, last: number) => (value: number) =>
  Math.round(
    first + ((Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))) * (last - first),
  )

const decade = (value: number, towards: (exponent: number) => number) =>
  10 ** towards(Math.log10(value))

function decadesOf(low: number, high: number): number[] {
  const decades: number[] = []
  for (let value = low; value <= high * 1.001; value *= 10) decades.push(value)
  return decades
}

const seconds = (ms: number) => (ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 1000)} s`)

const gridLine = (y: number, label: string) =>
  `<path d="M${LEFT} ${y}H${WIDTH - RIGHT}" stroke="#dee2e6"/><text x="${LEFT - 8}" y="${y + 4}" text-anchor="end">${label}</text>`

const tick = (x: number, label: number) =>
  `<text x="${x}" y="${HEIGHT - BOTTOM + 18}" text-anchor="middle">${label}</text>`
