// The weights of a release in the kernel's memory: which tensors make which layer, by the names that training/graph.py gives them.
// Products that read the same rows are one: queries, keys and values; start and end. Everything is copied, so that the shards'
// bytes can be freed afterwards.
import type { GraphTensor } from './graph-tensors'
import type { Kernel } from './kernel'

/** Addresses in the kernel's memory, as `linear` of kernel/ wants them. */
export interface Linear {
  readonly depth: number
  readonly columns: number
  /** Whether the weights are made for rows that are turned; not in releases before 0.5.0. */
  readonly turned: boolean
  readonly packed: number
  readonly sums: number
  readonly steps: number
  readonly bias: number
}

interface Norm {
  readonly gamma: number
  readonly beta: number
}

/** An embedding: int8 rows and a scale for each. */
export interface Table {
  readonly rows: number
  readonly size: number
  readonly values: number
  readonly scales: number
}

export interface Layer {
  readonly qkv: Linear
  readonly out: Linear
  readonly middle: Norm
  readonly up: Linear
  readonly down: Linear
  readonly last: Norm
}

export interface EncoderWeights {
  readonly hidden: number
  readonly inner: number
  readonly words: readonly [left: Table, right: Table]
  readonly segment: Table
  readonly slot: Table
  readonly position: Table
  /** The six tables of the layout, one after another. */
  readonly layout: Table
  readonly first: Norm
  readonly layers: readonly Layer[]
  readonly query: Linear
  readonly key: Linear
}

/** Throws where the graph is not a mask filler as training/graph.py writes it. `staging`: room for the largest product. */
export function placeWeights(
  kernel: Kernel,
  tensors: ReadonlyMap<string, GraphTensor>,
  staging: number,
): EncoderWeights {
  const named = (name: string): GraphTensor => {
    const tensor = tensors.get(name)
    if (tensor === undefined) throw new Error(`the model has no ${name}`)
    return tensor
  }
  const size = (name: string, axis: number) => named(name).dims[axis] ?? 0
  const place = (...names: readonly string[]) => {
    const all = names.map((name) => named(name).bytes)
    const address = kernel.take(all.reduce((sum, { byteLength }) => sum + byteLength, 0))
    let to = address
    for (const bytes of all) {
      kernel.bytes(to, bytes.byteLength).set(bytes)
      to += bytes.byteLength
    }
    return address
  }
  const turned = tensors.has('turn')
  const linear = (products: readonly string[], biases: readonly string[]): Linear => {
    const depth = size(`${products[0]}.weight`, 0)
    const columns = products.reduce((sum, name) => sum + size(`${name}.weight`, 1), 0)
    const packed = kernel.take(depth * columns)
    const sums = kernel.take(columns * Int32Array.BYTES_PER_ELEMENT)
    let column = 0
    for (const name of products) {
      const { bytes } = named(`${name}.weight`)
      kernel.bytes(staging, bytes.byteLength).set(bytes)
      const own = size(`${name}.weight`, 1)
      kernel.run.pack(staging, depth, own, packed + column * depth, sums + column * 4)
      column += own
    }
    const steps = place(...products.map((name) => `${name}.scale`))
    return { depth, columns, turned, packed, sums, steps, bias: place(...biases) }
  }
  const norm = (name: string): Norm => ({
    gamma: place(`${name}.gamma`),
    beta: place(`${name}.beta`),
  })
  const table = (name: string): Table => ({
    rows: size(`${name}.table`, 0),
    size: size(`${name}.table`, 1),
    values: place(`${name}.table`),
    scales: place(`${name}.scale`),
  })
  const layer = (i: number): Layer => {
    const of = (part: string) => `layers.${i}.${part}`
    return {
      qkv: linear([of('q'), of('k'), of('v')], [of('q.bias'), of('k.bias'), of('v.bias')]),
      out: linear([of('out')], [of('mid.bias')]),
      middle: norm(of('mid')),
      up: linear([of('up')], [of('up.bias')]),
      down: linear([of('down')], [`hidden.${i + 1}.bias`]),
      last: norm(`hidden.${i + 1}`),
    }
  }
  const layers: Layer[] = []
  while (tensors.has(`layers.${layers.length}.q.weight`)) layers.push(layer(layers.length))
  const heads = (part: string) =>
    linear([`start.${part}`, `end.${part}`], [`start.${part}.bias`, `end.${part}.bias`])
  return {
    hidden: size('hidden.0.gamma', 0),
    inner: layers[0]?.up.columns ?? 0,
    words: [table('word.left'), table('word.right')],
    segment: table('segment.rows'),
    slot: table('slot.rows'),
    position: table('position.rows'),
    layout: table('layout.rows'),
    first: norm('hidden.0'),
    layers,
    query: heads('query'),
    key: heads('key'),
  }
}
