// The picture of a scanned page: which image a page of a PDF shows, found by walking from the catalogue to the page's resources.
// A page is taken to be its largest image, and that to cover it: where it is placed stands in the page's content, which is not read.
import { LEAST_SCAN_PIXELS } from '../limits'
import type { PdfObjects, Stream } from './pdf-objects'
import { type Dictionary, isReference, type PdfValue, type Reference } from './pdf-syntax'

export interface PageImage {
  readonly width: number
  readonly height: number
  readonly stream: Stream
}

const MAX_NODES = 10_000
const MAX_DEPTH = 32
/** Images and forms of one page that are looked at; forms within forms count. */
const MAX_XOBJECTS = 500
/** A page whose second image has more than this share of the largest one's pixels is made of several. */
const SECOND_SHARE = 0.5

/** The pages' own dictionaries in order; undefined where the tree cannot be walked. */
export function pagesOf(objects: PdfObjects): readonly Dictionary[] | undefined {
  const root = catalogueOf(objects)?.get('Pages')
  const pages: Dictionary[] = []
  const room = { nodes: MAX_NODES }
  const isWhole = root !== undefined && walk(objects, root, undefined, pages, room, 0)
  return isWhole ? pages : undefined
}

/** What a page shows: an image, `undefined` for none worth reading, or 'several'. */
export function imageOf(objects: PdfObjects, page: Dictionary): PageImage | 'several' | undefined {
  const images = imagesIn(objects, page.get('Resources'))
  const [first, second] = images.sort((a, b) => pixels(b) - pixels(a))
  if (first === undefined || pixels(first) < LEAST_SCAN_PIXELS) return undefined
  const isOfSeveral = second !== undefined && pixels(second) > SECOND_SHARE * pixels(first)
  return isOfSeveral ? 'several' : first
}

const pixels = ({ width, height }: PageImage) => width * height

function catalogueOf(objects: PdfObjects): Dictionary | undefined {
  let found: Dictionary | undefined
  for (const object of objects.numbers()) {
    const dictionary = objects.dictionary({ object })
    if (dictionary?.get('Type') === '/Catalog' && dictionary.has('Pages')) found = dictionary
  }
  return found
}

/** Adds the pages below a node, each with the resources that it inherits; false where the tree is broken or too large. */
function walk(
  objects: PdfObjects,
  node: PdfValue,
  inherited: PdfValue | undefined,
  pages: Dictionary[],
  room: { nodes: number },
  depth: number,
): boolean {
  const dictionary = objects.dictionary(node)
  if (dictionary === undefined || --room.nodes < 0 || depth > MAX_DEPTH) return false
  const resources = dictionary.get('Resources') ?? inherited
  const kids = objects.resolve(dictionary.get('Kids'))
  if (Array.isArray(kids)) {
    return kids.every((kid: PdfValue) => walk(objects, kid, resources, pages, room, depth + 1))
  }
  const whole = new Map(dictionary)
  if (resources !== undefined) whole.set('Resources', resources)
  pages.push(whole)
  return true
}

/** The images that resources name, those of forms too; every object once. */
function imagesIn(objects: PdfObjects, resources: PdfValue | undefined): PageImage[] {
  const images: PageImage[] = []
  const waiting = [...xobjects(objects, resources)]
  const seen = new Set<number>()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next.object) || seen.size >= MAX_XOBJECTS) continue
    seen.add(next.object)
    const dictionary = objects.stream(next)?.dictionary
    if (dictionary?.get('Subtype') === '/Form') {
      waiting.push(...xobjects(objects, dictionary.get('Resources')))
    } else if (dictionary?.get('Subtype') === '/Image') images.push(...imageFrom(objects, next))
  }
  return images
}

function xobjects(objects: PdfObjects, resources: PdfValue | undefined): readonly Reference[] {
  const named = objects.dictionary(objects.dictionary(resources)?.get('XObject'))
  return [...(named?.values() ?? [])].filter(isReference).slice(0, MAX_XOBJECTS)
}

function imageFrom(objects: PdfObjects, reference: Reference): readonly PageImage[] {
  const stream = objects.stream(reference)
  const width = objects.number(stream?.dictionary.get('Width')) ?? 0
  const height = objects.number(stream?.dictionary.get('Height')) ?? 0
  return stream !== undefined && width > 0 && height > 0 ? [{ width, height, stream }] : []
}
