/** A file as a data URL, by vite. */
declare module '*.pdf?inline' {
  const url: string
  export default url
}
