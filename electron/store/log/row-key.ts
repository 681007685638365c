/** Row ids as the register index keeps them: 16 bytes for a UUID, the text itself for named rows ('R1', '2027'). Blob and text never compare equal. */
export type RowKey = Buffer | string

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isUuid(id: string): boolean {
  return id.length === 36 && uuid.test(id)
}

export function rowKey(id: string): RowKey {
  return isUuid(id) ? Buffer.from(id.replaceAll('-', ''), 'hex') : id
}

export function rowId(key: RowKey): string {
  if (typeof key === 'string') return key
  const hex = key.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
