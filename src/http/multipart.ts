// A multipart/form-data body with exactly two parts: `file`, the document, and `schema`, its JSON Schema.
// The platform parses the form; this file says which parts may stand in it. Anything else is refused, by name of part.
import { fail, type Issue, ok, type Result } from '../failure'
import { pointerOf } from '../issues'
import { MAX_ISSUES } from '../limits'

export interface FormParts {
  readonly file: Uint8Array<ArrayBuffer>
  /** What the file part says it is, without parameters; empty when it does not say. */
  readonly type: string
  readonly schema: string
}

/** @param contentType the request's whole header, with its boundary */
export async function readForm(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<Result<FormParts>> {
  const form = await parseForm(body, contentType)
  if (form === undefined) {
    return fail({ kind: 'malformed', detail: 'The body is not multipart/form-data.' })
  }
  const issues = misfits(form)
  const file = form.get('file')
  const schema = await textOf(form.get('schema'))
  if (!(file instanceof Blob)) issues.push({ pointer: '/file', detail: 'Expected a file' })
  if (schema === undefined) issues.push({ pointer: '/schema', detail: 'Expected a JSON Schema' })
  if (issues.length > 0 || !(file instanceof Blob) || schema === undefined) {
    return fail({ kind: 'invalid', issues: issues.slice(0, MAX_ISSUES) })
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  return ok({ file: bytes, type: file.type.split(';')[0]?.trim() ?? '', schema })
}

/** undefined where the body is none. */
export async function parseForm(
  body: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<FormData | undefined> {
  try {
    return await new Response(body, { headers: { 'content-type': contentType } }).formData()
  } catch {
    return undefined
  }
}

/** Parts that are not known, and known ones that come twice. */
function misfits(form: FormData): Issue[] {
  const issues: Issue[] = []
  const seen = new Set<string>()
  for (const name of form.keys()) {
    const pointer = pointerOf([name])
    if (name !== 'file' && name !== 'schema') issues.push({ pointer, detail: 'Unknown part' })
    else if (seen.has(name)) issues.push({ pointer, detail: 'The part comes twice' })
    seen.add(name)
  }
  return issues
}

async function textOf(part: File | string | null): Promise<string | undefined> {
  if (part === null) return undefined
  return typeof part === 'string' ? part : part.text()
}
