// Where a webhook may be sent: to https and a public host. Asked when an endpoint is made and again before every delivery. A public
// name that leads to a private address is not found out here, as a Worker cannot resolve names; there the platform's own network,
// which reaches public addresses alone, is the fence.

/** What is wrong with a target, in a sentence; undefined where nothing is. `anywhere`: local development, where all is allowed. */
export function faultOfTarget(url: string, anywhere: boolean): string | undefined {
  const target = URL.parse(url)
  if (target === null) return 'Expected an absolute URL'
  if (target.username !== '' || target.password !== '') return 'Expected a URL without credentials'
  if (anywhere && target.protocol === 'http:') return undefined
  if (target.protocol !== 'https:') return 'Expected an https URL'
  if (anywhere || isPublic(target.hostname)) return undefined
  return 'Expected a public host: private, loopback and local ones are refused'
}

/** @param host as URL gives it: lower case, IPv4 as four decimals however it was written, IPv6 in brackets */
function isPublic(host: string): boolean {
  if (host.startsWith('[')) return isPublicV6(host)
  const name = host.replace(/\.$/, '')
  if (/^\d+(\.\d+){3}$/.test(name)) return isPublicV4(name)
  return name.includes('.') && !LOCAL_NAMES.test(name)
}

/** Names that are never of the public DNS (RFC 6761, 6762, 8375, ICANN's .internal). */
const LOCAL_NAMES = /\.(localhost|local|internal|home\.arpa|lan|intranet|corp|home|test|invalid)$/

/** The IANA registry of special-purpose addresses, and multicast: [first address, bits]. */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

function isPublicV4(address: string): boolean {
  const number = numberOf(address)
  return !SPECIAL_V4.some(
    ([first, bits]) => Math.floor((number - numberOf(first)) / 2 ** (32 - bits)) === 0,
  )
}

const numberOf = (address: string) =>
  address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

/** Global unicast (2000::/3) but for what embeds or documents other addresses: 2001:0::/23, 2001:db8::/32, 2002::/16, 3fff::/20. */
function isPublicV6(host: string): boolean {
  const [first = 0, second = 0] = host
    .slice(1, -1)
    .split(':')
    .map((group) => Number.parseInt(group || '0', 16))
  if (first < 0x2000 || first >= 0x3fff || first === 0x2002) return false
  return first !== 0x2001 || (second > 0x1ff && second !== 0xdb8)
}
