// What the flag nodejs_als gives (wrangler.toml), as far as it is used. The Worker is not compiled against Node's types.
declare module 'node:async_hooks' {
  export class AsyncLocalStorage<T> {
    run<R>(store: T, call: () => R): R
    getStore(): T | undefined
  }
}
