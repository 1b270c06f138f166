// Lets Node run src/: its imports leave the extension out, as the bundler of the Worker has it.
// Import this first and src/ with a dynamic import() afterwards.
import { registerHooks } from 'node:module'

registerHooks({
  resolve(specifier, context, next) {
    const ours = specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/')
    const isBare = ours && !/\.(ts|js|json)$/.test(specifier)
    return next(isBare ? `${specifier}.ts` : specifier, context)
  },
})
