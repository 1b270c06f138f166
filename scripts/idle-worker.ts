// A Worker that does nothing: what the simulator takes to start with it is the simulator's own time (latency.ts).
export class Tenant {}

export default { fetch: () => new Response('idle') }
