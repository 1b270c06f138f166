// Makes autocannon heed `Connection: close`, through two of its insides that its types leave out. Whoever is refused before its body is
// read is told that the connection closes; autocannon would write its next request to it, count an error and stay idle.
import type autocannon from 'autocannon'

export function heedClosing(client: autocannon.Client): void {
  let closes = false
  client.on('headers', (response) => {
    closes = /^close$/i.test(headerOf(response, 'connection') ?? '')
  })
  client.on('response', () => {
    // Its own way to a new connection, which its types leave out; the next request follows after this.
    if (closes) Reflect.get(client, '_resetConnection').call(client)
    closes = false
  })
}

/** The parser gives names and values by turns, where the types say that it gives an object. */
function headerOf(response: object, name: string): string | undefined {
  const pairs: readonly string[] = Reflect.get(response, 'headers')
  const at = pairs.findIndex((text, i) => i % 2 === 0 && text.toLowerCase() === name)
  return at < 0 ? undefined : pairs[at + 1]
}
