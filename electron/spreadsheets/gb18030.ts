/** Writing GB18030: the runtime can only decode it, so the table is turned round once. */

const TWO_BYTE_LEADS = 126
const TRAILS = 190
/** Four-byte codes of the basic plane: 0x81308130 to 0x8431A439. */
const FOUR_BYTE_BASIC = 39_420
const SUPPLEMENTARY_FROM = 189_000

let table: Uint32Array | undefined

/** Text as GB18030 bytes; a lone surrogate becomes "?". */
export function encodeGb18030(text: string): Buffer {
  table ??= buildTable()
  const bytes: number[] = []
  for (const char of text) {
    const point = char.codePointAt(0) ?? 0
    if (point < 0x80) bytes.push(point)
    else if (point > 0xffff) bytes.push(...fourBytes(SUPPLEMENTARY_FROM + point - 0x10000))
    else pushBasic(bytes, table[point] ?? 0)
  }
  return Buffer.from(bytes)
}

function pushBasic(bytes: number[], code: number): void {
  if (code === 0) bytes.push(0x3f)
  else if (code > 0xffff) bytes.push((code >>> 24) & 0xff, (code >>> 16) & 0xff, (code >>> 8) & 0xff, code & 0xff)
  else bytes.push(code >>> 8, code & 0xff)
}

/** Four-byte codes count in mixed base 126 × 10 × 126 × 10. */
function fourBytes(index: number): readonly [number, number, number, number] {
  return [0x81 + Math.floor(index / 12_600), 0x30 + (Math.floor(index / 1_260) % 10), 0x81 + (Math.floor(index / 10) % 126), 0x30 + (index % 10)]
}

function buildTable(): Uint32Array {
  const codes = new Uint32Array(0x10000)
  const decoder = new TextDecoder('gb18030')
  const learn = (bytes: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes))
    const point = text.charCodeAt(0)
    if (text.length !== 1 || point === 0xfffd || codes[point] !== 0) return
    codes[point] = bytes.reduce((code, byte) => code * 256 + byte, 0)
  }
  for (let lead = 0; lead < TWO_BYTE_LEADS; lead += 1) {
    for (let trail = 0; trail <= TRAILS; trail += 1) if (trail !== 63) learn([0x81 + lead, 0x40 + trail])
  }
  for (let index = 0; index < FOUR_BYTE_BASIC; index += 1) learn(fourBytes(index))
  // Also the decoder's sign for an error, therefore not learnt.
  codes[0xfffd] = 0x8431a437
  return codes
}
