// The named tensors of a release's ONNX graph, each as the bytes that it stands for: the little of protobuf that this takes.
// Large tensors are not in the graph but at an offset of a shard. How the graph connects them is not read: encoder-weights.ts knows.

/** A file of the release beside the graph; `path` is what the graph calls it. */
export interface ExternalData {
  readonly path: string
  readonly data: Uint8Array
}

export interface GraphTensor {
  readonly dims: readonly number[]
  /** Row-major, little-endian; a view of the graph's or the shard's bytes. */
  readonly bytes: Uint8Array
}

// Field numbers of onnx.proto.
const MODEL_GRAPH = 7
const GRAPH_INITIALIZER = 5
const TENSOR = { dims: 1, name: 8, raw: 9, external: 13 }
const ENTRY = { key: 1, value: 2 }

/** Throws where the graph is none or names bytes that its shards do not have. */
export function tensorsOfGraph(
  graph: Uint8Array,
  shards: readonly ExternalData[],
): ReadonlyMap<string, GraphTensor> {
  const tensors = new Map<string, GraphTensor>()
  for (const model of fieldsOf(graph)) {
    if (model.number !== MODEL_GRAPH) continue
    for (const { number, bytes } of fieldsOf(model.bytes)) {
      if (number === GRAPH_INITIALIZER) tensors.set(...tensorOf(bytes, shards))
    }
  }
  return tensors
}

function tensorOf(
  message: Uint8Array,
  shards: readonly ExternalData[],
): [name: string, tensor: GraphTensor] {
  const dims: number[] = []
  const external = new Map<string, string>()
  let name = ''
  let raw: Uint8Array = new Uint8Array()
  for (const field of fieldsOf(message)) {
    if (field.number === TENSOR.dims) dims.push(...dimsOf(field))
    else if (field.number === TENSOR.name) name = text(field.bytes)
    else if (field.number === TENSOR.raw) raw = field.bytes
    else if (field.number === TENSOR.external) external.set(...entryOf(field.bytes))
  }
  const bytes = external.size === 0 ? raw : bytesOf(name, external, shards)
  return [name, { dims, bytes }]
}

function bytesOf(
  name: string,
  place: ReadonlyMap<string, string>,
  shards: readonly ExternalData[],
): Uint8Array {
  const location = place.get('location')
  const data = shards.find(({ path }) => path === location)?.data
  const [offset, length] = [Number(place.get('offset') ?? 0), Number(place.get('length'))]
  if (data === undefined || !(offset + length <= data.byteLength))
    throw new Error(`the bytes of ${name} are in no shard`)
  return data.subarray(offset, offset + length)
}

function entryOf(message: Uint8Array): [key: string, value: string] {
  let [key, value] = ['', '']
  for (const { number, bytes } of fieldsOf(message)) {
    if (number === ENTRY.key) key = text(bytes)
    else if (number === ENTRY.value) value = text(bytes)
  }
  return [key, value]
}

/** Repeated numbers come one a field or all in one. */
function dimsOf({ value, bytes }: Field): number[] {
  if (value !== undefined) return [value]
  const dims: number[] = []
  for (let at = 0; at < bytes.length; ) {
    const [dim, next] = varint(bytes, at)
    dims.push(dim)
    at = next
  }
  return dims
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

interface Field {
  readonly number: number
  /** Of a varint field. */
  readonly value?: number
  /** Of a field with a length; empty otherwise. */
  readonly bytes: Uint8Array
}

/** The fields of one message, in the order in which they are written. */
function* fieldsOf(message: Uint8Array): Generator<Field> {
  const none = new Uint8Array()
  for (let at = 0; at < message.length; ) {
    const [key, start] = varint(message, at)
    const number = key >>> 3
    const [value, next] = (key & 7) === 1 || (key & 7) === 5 ? [0, start] : varint(message, start)
    switch (key & 7) {
      case 0:
        yield { number, value, bytes: none }
        at = next
        break
      case 1:
        at = start + 8
        break
      case 2:
        yield { number, bytes: message.subarray(next, next + value) }
        at = next + value
        break
      case 5:
        at = start + 4
        break
      default:
        throw new Error('the graph is not an ONNX model')
    }
  }
  return none
}

/** A number of up to 53 bits and where the next thing begins. */
function varint(bytes: Uint8Array, at: number): [value: number, next: number] {
  let [value, scale] = [0, 1]
  for (let i = at; ; i++) {
    const byte = bytes[i]
    if (byte === undefined) throw new Error('the graph is cut off')
    value += (byte & 127) * scale
    if (byte < 128) return [value, i + 1]
    scale *= 128
  }
}
