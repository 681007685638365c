/** What is made when it is first asked for: a statement cannot be prepared before its table is there, as in a database that is being made. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
