// What an HTML form posts: a token first, a file, and fields of the page's own, which come back as they came. The token is looked at
// as soon as it has arrived, so that an upload nobody signed for is neither read nor parsed. Names that begin with `pip-` are ours.
import { fail, type Issue, ok, type Result } from '../failure'
import { pointerOf } from '../issues'
import { MAX_FORM_CHARS, MAX_FORM_FIELDS, MAX_FORM_HEAD_BYTES, MAX_ISSUES } from '../limits'
import { readBytes } from './body'
import { firstPart } from './first-part'
import { parseForm } from './multipart'

export const TOKEN = 'pip-token'
export const SUCCESS = 'pip-success'
export const FAILURE = 'pip-failure'
const FILE = 'file'
const OURS: readonly string[] = [TOKEN, SUCCESS, FAILURE, FILE]
const TYPE = 'multipart/form-data'

interface FormEntry {
  readonly name: string
  readonly value: string
}

export interface FormPost<T> {
  /** What `open` made of the token. */
  readonly grant: T
  readonly file: Uint8Array<ArrayBuffer> | undefined
  /** Addresses as posted, not yet held against the schema. */
  readonly success: string | undefined
  readonly failure: string | undefined
  /** In the order of the form, a name as often as it was posted. */
  readonly entries: readonly FormEntry[]
  readonly bodyBytes: number
}

/** Fails as `open` does, or with `malformed`, `too-large`, `unsupported-type`, `unsupported-encoding`, `forbidden` or `invalid`. */
export async function readFormPost<T>(
  request: Request,
  open: (token: string) => Promise<Result<T>>,
): Promise<Result<FormPost<T>>> {
  const encoding = request.headers.get('content-encoding') ?? 'identity'
  if (encoding.trim().toLowerCase() !== 'identity') return fail({ kind: 'unsupported-encoding' })
  const contentType = request.headers.get('content-type') ?? ''
  if (contentType.split(';')[0]?.trim().toLowerCase() !== TYPE) {
    return fail({ kind: 'unsupported-type', accepted: [TYPE] })
  }
  const gate = new Gate(contentType, open)
  const body = await readBytes(request, (chunk) => gate.look(chunk))
  if (!body.ok) return body
  if (gate.grant === undefined) return noToken()
  const form = await parseForm(body.value, contentType)
  if (form === undefined) return fail({ kind: 'malformed', detail: `The body is not ${TYPE}.` })
  return postOf(form, gate.grant.value, body.value.byteLength)
}

/** Holds the beginning of the body until the token stands in it whole. */
class Gate<T> {
  grant: { readonly value: T } | undefined
  private head = new Uint8Array()
  private readonly contentType: string
  private readonly open: (token: string) => Promise<Result<T>>

  constructor(contentType: string, open: (token: string) => Promise<Result<T>>) {
    this.contentType = contentType
    this.open = open
  }

  async look(chunk: Uint8Array): Promise<Result<undefined>> {
    if (this.grant !== undefined) return ok(undefined)
    const more = chunk.subarray(0, MAX_FORM_HEAD_BYTES - this.head.length)
    const head = new Uint8Array(this.head.length + more.length)
    head.set(this.head)
    head.set(more, this.head.length)
    this.head = head
    const first = await firstPart(head, this.contentType)
    if (first === 'more') return head.length < MAX_FORM_HEAD_BYTES ? ok(undefined) : noToken()
    if (first?.name !== TOKEN) return noToken()
    const opened = await this.open(first.value)
    if (!opened.ok) return opened
    this.grant = { value: opened.value }
    this.head = new Uint8Array()
    return ok(undefined)
  }
}

const noToken = () =>
  fail({ kind: 'forbidden', detail: `The first field of the form must be ${TOKEN}, a form token.` })

async function postOf<T>(
  form: FormData,
  grant: T,
  bodyBytes: number,
): Promise<Result<FormPost<T>>> {
  const issues = misfits(form)
  if (issues.length > 0) return fail({ kind: 'invalid', issues: issues.slice(0, MAX_ISSUES) })
  const entries = [...form.entries()].flatMap(([name, value]) =>
    OURS.includes(name) || typeof value !== 'string' ? [] : [{ name, value }],
  )
  if (entries.length > MAX_FORM_FIELDS)
    return over('the fields of a form', MAX_FORM_FIELDS, 'fields')
  const chars = entries.reduce((sum, { name, value }) => sum + name.length + value.length, 0)
  if (chars > MAX_FORM_CHARS) return over('the fields of a form', MAX_FORM_CHARS, 'characters')
  const file = await bytesOf(form.get(FILE))
  const [success, failure] = [textOf(form.get(SUCCESS)), textOf(form.get(FAILURE))]
  return ok({ grant, file, success, failure, entries, bodyBytes })
}

const over = (limit: string, max: number, unit: string) =>
  fail({ kind: 'too-large', limit, max, unit })

/** Files where text is meant, and ours where they come twice. */
function misfits(form: FormData): Issue[] {
  const issues: Issue[] = []
  for (const [name, value] of form.entries()) {
    const pointer = pointerOf([name])
    const isText = typeof value === 'string'
    if (!isText && name !== FILE) issues.push({ pointer, detail: `Only \`${FILE}\` may be a file` })
    if (isText && name === FILE) issues.push({ pointer, detail: 'Expected a file' })
  }
  for (const name of OURS) {
    if (form.getAll(name).length < 2) continue
    issues.push({ pointer: pointerOf([name]), detail: 'The field comes twice' })
  }
  return issues
}

/** undefined where no file was chosen: browsers then send an empty one. */
async function bytesOf(part: File | string | null): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (part === null || typeof part === 'string' || part.size === 0) return undefined
  return new Uint8Array(await part.arrayBuffer())
}

const textOf = (part: File | string | null) => (typeof part === 'string' ? part : undefined)
