/** Row ids as the register index keeps them: 16 bytes for a UUID, the text itself for named rows ('R1', '2027'). Blob and text never compare equal. */
export type RowKey = Buffer | string

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function rowKey(id: string): RowKey {
  return id.length === 36 && uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id
}

export function rowId(key: RowKey): string {
  if (typeof key === 'string') return key
  const hex = key.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

export function compareRowKeys(a: RowKey, b: RowKey): number {
  if (typeof a === 'string') return typeof b === 'string' ? (a < b ? -1 : a > b ? 1 : 0) : 1
  return typeof b === 'string' ? -1 : Buffer.compare(a, b)
}
