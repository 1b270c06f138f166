// Files as data URLs, by vite.
declare module '*.pdf?inline' {
  const url: string
  export default url
}
declare module '*.jpg?inline' {
  const url: string
  export default url
}
declare module '*.png?inline' {
  const url: string
  export default url
}
declare module '*.webp?inline' {
  const url: string
  export default url
}
