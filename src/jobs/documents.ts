// The documents of jobs in R2, from the request that brings one until the job is done: put, read, and, of a long file, its words kept
// beside it. What deletes them is the tenant's alarm (storage/disposals.ts).
import { JOB_CEILING } from '../document/ceiling'
import { readFile } from '../document/file'
import { parseDocument } from '../document/json'
import type { Ocr } from '../document/ocr'
import type { Document } from '../document/words'
import { fail, ok, type Result } from '../failure'
import { parseJson } from '../http/body'
import { checkFile, type Upload } from '../http/upload'
import { under } from '../issues'
import { attempt } from '../storage/attempt'
import type { StoredDocument } from '../storage/job-table'
import type { JobMessage } from './message'

/** Where the document of a new job goes, and what it is there. */
export const placeOf = ({ tenant, job }: JobMessage, { kind }: Upload['document']) =>
  ({ key: `jobs/${tenant}/${job}/document`, form: kind }) satisfies StoredDocument

export function putDocument(
  env: Env,
  key: string,
  document: Upload['document'],
): Promise<Result<undefined>> {
  const body = document.kind === 'file' ? document.bytes : JSON.stringify(document.document)
  return put(env, key, body)
}

/** The words of a file's pages, as a job of words would have them. Their key. */
export async function keepWords(
  env: Env,
  { tenant, job }: JobMessage,
  document: Document,
): Promise<Result<string>> {
  const key = `jobs/${tenant}/${job}/words`
  const kept = await put(env, key, JSON.stringify(document))
  return kept.ok ? ok(key) : kept
}

export const hasDocument = (env: Env, key: string): Promise<Result<boolean>> =>
  attempt(async () => ok((await env.DOCUMENTS.head(key)) !== null))

/** Issues point at /document. Fails as `conflict` where there is no such object. */
export async function readDocument(
  env: Env,
  { key, form }: StoredDocument,
  ocr: Ocr,
): Promise<Result<Document>> {
  const found = await attempt(async () =>
    ok((await (await env.DOCUMENTS.get(key))?.bytes()) ?? null),
  )
  if (!found.ok) return found
  if (found.value === null) return gone()
  const bytes = new Uint8Array(found.value)
  const read = form === 'words' ? readWords(bytes) : await readStoredFile(bytes, ocr)
  return read.ok ? read : fail(under('/document', read.failure))
}

function readWords(bytes: Uint8Array): Result<Document> {
  const json = parseJson(new TextDecoder().decode(bytes))
  if (!json.ok) return json
  const parsed = parseDocument(json.value, JOB_CEILING)
  if (!parsed.ok) return parsed
  if (parsed.value.kind === 'words') return ok(parsed.value.document)
  return fail({ kind: 'invalid', issues: [{ pointer: '', detail: 'Expected pages of words' }] })
}

/** A busy OCR is one that another attempt may find free. */
async function readStoredFile(bytes: Uint8Array<ArrayBuffer>, ocr: Ocr): Promise<Result<Document>> {
  const file = checkFile(bytes, '', '')
  if (!file.ok) return file
  const read = await readFile(file.value, ocr, JOB_CEILING)
  if (read.ok || read.failure.kind !== 'rate-limited') return read
  const { retryAfterSeconds } = read.failure
  return fail({ kind: 'unavailable', detail: 'The OCR is busy.', retryAfterSeconds })
}

function put(env: Env, key: string, body: string | Uint8Array): Promise<Result<undefined>> {
  return attempt(async () => {
    await env.DOCUMENTS.put(key, body)
    return ok(undefined)
  })
}

const gone = () => fail({ kind: 'conflict', detail: 'The document is no longer there.' })
