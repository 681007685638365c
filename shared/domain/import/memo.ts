/** Remembers what a text came to; workbooks repeat themselves. Bounded, so that a column of unlike texts costs no memory. */
const limit = 20_000

export class Memo<V> {
  private values = new Map<string, V>()

  get(key: string, make: () => V): V {
    const known = this.values.get(key)
    if (known !== undefined) return known
    const value = make()
    if (this.values.size >= limit) this.values = new Map()
    this.values.set(key, value)
    return value
  }
}
