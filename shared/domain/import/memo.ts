/**
 * Remembers what a text came to; workbooks repeat themselves. Bounded, and given up where texts hardly ever come again (running numbers,
 * amounts): remembering those costs more than reading them.
 */
const limit = 20_000
const trial = 2_000

export class Memo<V> {
  private values = new Map<string, V>()
  private hits = 0
  private misses = 0
  private off = false

  get(key: string, make: () => V): V {
    if (this.off) return make()
    const known = this.values.get(key)
    if (known !== undefined) {
      this.hits += 1
      return known
    }
    const value = make()
    this.misses += 1
    if (this.misses > trial && this.hits < this.misses) this.forget(true)
    else if (this.values.size >= limit) this.forget(false)
    if (!this.off) this.values.set(key, value)
    return value
  }

  private forget(forGood: boolean): void {
    this.values = new Map()
    this.off = forGood
  }
}
