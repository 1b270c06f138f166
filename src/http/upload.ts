// What a POST to /v1/extract or /v1/jobs carries, whatever its content-type: a document, parsed as far as its container goes,
// and a field schema, still as JSON. Says what types are taken; bodies are read under the byte limit by body.ts.
import * as v from 'valibot'
import { type Ceiling, REQUEST_CEILING } from '../document/ceiling'
import { IMAGE_TYPES } from '../document/image-header'
import { type FileDocument, type ParsedDocument, parseDocument } from '../document/json'
import { sniff } from '../document/sniff'
import { fail, ok, type Result } from '../failure'
import { toIssues, under } from '../issues'
import { decodeBase64 } from './base64'
import { type JsonBody, parseJson, readBytes, readJson } from './body'
import { readForm } from './multipart'

export const FILE_TYPES = ['application/pdf', ...IMAGE_TYPES] as const
export const BODY_TYPES = ['application/json', 'multipart/form-data', ...FILE_TYPES] as const
const UNTYPED: readonly string[] = ['', 'application/octet-stream']

type FileType = (typeof FILE_TYPES)[number]

/** A file as sent, of a type that is taken and that its first bytes confirm; `pointer` is where in the request it stands, for findings about it. */
interface UploadedFile {
  readonly kind: 'file'
  readonly type: FileType
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly pointer: string
}

export interface Upload {
  readonly document: Extract<ParsedDocument, { kind: 'words' }> | UploadedFile
  /** JSON, not yet parsed as fields. Findings about it are under /schema in every kind of body. */
  readonly schema: unknown
  readonly bodyBytes: number
}

const Envelope = v.strictObject({ document: v.unknown(), schema: v.unknown() })

/** Fails with `malformed`, `too-large`, `unsupported-type`, `unsupported-encoding` or `invalid`. */
export async function readUpload(
  request: Request,
  ceiling: Ceiling = REQUEST_CEILING,
): Promise<Result<Upload>> {
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (encoding.trim().toLowerCase() !== 'identity') return fail({ kind: 'unsupported-encoding' })
  const contentType = request.headers.get('content-type') ?? ''
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'application/json') return fromJson(request, ceiling)
  if (type === 'multipart/form-data') return fromForm(request, contentType)
  if (isFileType(type)) return fromFile(request, type)
  return fail({ kind: 'unsupported-type', accepted: BODY_TYPES })
}

async function fromJson(request: Request, ceiling: Ceiling): Promise<Result<Upload>> {
  const body = await readJson(request)
  return body.ok ? uploadOf(body.value, ceiling) : body
}

/** A body that was read as JSON already. */
export function uploadOf(
  { json, bytes }: JsonBody,
  ceiling: Ceiling = REQUEST_CEILING,
): Result<Upload> {
  const envelope = v.safeParse(Envelope, json)
  if (!envelope.success) return fail({ kind: 'invalid', issues: toIssues(envelope.issues) })
  const parsed = parseDocument(envelope.output.document, ceiling)
  if (!parsed.ok) return fail(under('/document', parsed.failure))
  const document = parsed.value.kind === 'words' ? ok(parsed.value) : fromBase64(parsed.value.file)
  if (!document.ok) return document
  const { schema } = envelope.output
  return ok({ document: document.value, schema, bodyBytes: bytes })
}

async function fromForm(request: Request, contentType: string): Promise<Result<Upload>> {
  const body = await readBytes(request)
  if (!body.ok) return body
  const form = await readForm(body.value, contentType)
  if (!form.ok) return form
  const { file, type, schema: text } = form.value
  const document = checkFile(file, type, '/file')
  if (!document.ok) return document
  const schema = schemaFrom(text)
  if (!schema.ok) return schema
  return ok({ document: document.value, schema: schema.value, bodyBytes: body.value.byteLength })
}

/** A raw file; its schema comes in the query: a stored schema's name, or a JSON Schema, URL-encoded. */
async function fromFile(request: Request, type: FileType): Promise<Result<Upload>> {
  const query = new URL(request.url).searchParams.getAll('schema')
  const [text] = query
  if (text === undefined || query.length > 1) {
    const detail = 'Expected one query parameter `schema`'
    return fail({ kind: 'invalid', issues: [{ pointer: '/schema', detail }] })
  }
  const schema = schemaFrom(text)
  if (!schema.ok) return schema
  const body = await readBytes(request)
  if (!body.ok) return body
  const document = checkFile(body.value, type, '')
  if (!document.ok) return document
  return ok({ document: document.value, schema: schema.value, bodyBytes: body.value.byteLength })
}

/** A JSON object, or the name of a stored schema as it stands. */
function schemaFrom(text: string): Result<unknown> {
  return /^\s*[{["]/.test(text) ? parseJson(text) : ok(text.trim())
}

function fromBase64(file: FileDocument): Result<UploadedFile> {
  if (!isFileType(file.type)) return typeNotTaken()
  const bytes = decodeBase64(file.content)
  const pointer = '/document/content'
  return bytes === undefined
    ? fail({ kind: 'invalid', issues: [{ pointer, detail: 'Expected base64' }] })
    : checkFile(bytes, file.type, pointer)
}

/** Holds what a file says it is against its first bytes. */
export function checkFile(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  pointer: string,
): Result<UploadedFile> {
  const found = sniff(bytes)
  const named = UNTYPED.includes(type) ? found : type
  if (!isFileType(named)) return typeNotTaken()
  if (found === named) return ok({ kind: 'file', type: named, bytes, pointer })
  const detail = found === undefined ? `Not ${named}` : `Said to be ${named}, but is ${found}`
  return fail({ kind: 'invalid', issues: [{ pointer, detail }] })
}

const isFileType = (type: string | undefined): type is FileType =>
  FILE_TYPES.some((taken) => taken === type)

const typeNotTaken = () => fail({ kind: 'unsupported-type', accepted: FILE_TYPES })
