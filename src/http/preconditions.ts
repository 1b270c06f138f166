// If-Match and If-None-Match (RFC 9110, section 13): whether a change may be made, or an answer was seen before. Entity tags here
// are strong; a weak one matches nothing in If-Match (section 8.8.3.2).

/** The headers as sent. */
export interface Preconditions {
  readonly ifMatch: string | undefined
  readonly ifNoneMatch: string | undefined
}

/** @param etag of what is there, quoted; undefined where nothing is */
export function mayChange(
  { ifMatch, ifNoneMatch }: Preconditions,
  etag: string | undefined,
): boolean {
  if (ifMatch !== undefined && !names(ifMatch, etag)) return false
  return ifNoneMatch === undefined || !names(weakened(ifNoneMatch), etag)
}

/** Whether a GET is to be answered with 304. */
export function wasSeen(ifNoneMatch: string | undefined, etag: string): boolean {
  return ifNoneMatch !== undefined && names(weakened(ifNoneMatch), etag)
}

function names(list: string, etag: string | undefined): boolean {
  if (etag === undefined) return false
  return list.trim() === '*' || list.split(',').some((tag) => tag.trim() === etag)
}

/** If-None-Match compares weakly: W/"x" is "x". Our tags have no comma in them. */
const weakened = (list: string) => list.replaceAll('W/"', '"')
