// The module's exports. Memory is the caller's to share out: nothing is allocated here.
export { attend, point } from './attention'
export { embed, gelu, norm } from './pointwise'
export { linear, pack, quantise } from './products'
