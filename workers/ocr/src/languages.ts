// The languages that a deployment can be set to (LANGUAGE in wrangler.toml). Each is a module of its own that is only
// read when it is asked for; to add one, install its package and name it here.

const MODELS: Readonly<Record<string, () => Promise<{ readonly default: ArrayBuffer }>>> = {
  eng: () => import('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz'),
  deu: () => import('@tesseract.js-data/deu/4.0.0_best_int/deu.traineddata.gz'),
  fra: () => import('@tesseract.js-data/fra/4.0.0_best_int/fra.traineddata.gz'),
  ind: () => import('@tesseract.js-data/ind/4.0.0_best_int/ind.traineddata.gz'),
}

/** A language's Tesseract model, unzipped. Throws where the configuration names one that is not here. */
export async function languageModel(language: string): Promise<Uint8Array> {
  const load = MODELS[language]
  if (load === undefined) throw new Error(`LANGUAGE is none of ${Object.keys(MODELS).join(', ')}`)
  const zipped = new Response((await load()).default)
  const stream = zipped.body?.pipeThrough(new DecompressionStream('gzip')) ?? null
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
