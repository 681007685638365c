import { describe, expect, it } from 'vitest'
import { chainStatus } from '../../../electron/documents/fonts.ts'
import { familyNames, fontLimits } from '../../../shared/letter/font-names.ts'

const reader = (bytes: Uint8Array) => (offset: number, length: number) => bytes.subarray(offset, offset + length)

/** A font file of nothing but a name table. `at`: where the face stands in a collection. */
function face(names: readonly (readonly [id: number, name: string])[], at = 0): Uint8Array {
  const texts = names.map(([, name]) => Array.from({ length: name.length }, (_, i) => [name.charCodeAt(i) >> 8, name.charCodeAt(i) & 255]).flat())
  const storage = 6 + names.length * 12
  const u16 = (n: number) => [n >> 8 & 255, n & 255]
  const u32 = (n: number) => [n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255]
  let start = 0
  const records = names.flatMap(([id], i) => {
    const length = texts[i]?.length ?? 0
    const record = [...u16(3), ...u16(1), ...u16(0x804), ...u16(id), ...u16(length), ...u16(start)]
    start += length
    return record
  })
  const table = [...u16(0), ...u16(names.length), ...u16(storage), ...records, ...texts.flat()]
  return Uint8Array.from([...u32(0x00010000), ...u16(1), ...u16(0), ...u16(0), ...u16(0), ...u32(0x6e616d65), ...u32(0), ...u32(at + 28), ...u32(table.length), ...table])
}

describe('names of typefaces', () => {
  it('reads families and full names, not styles', () => {
    expect([...familyNames(reader(face([[1, '仿宋_GB2312'], [2, 'Regular'], [4, 'FangSong_GB2312']])))]).toEqual(['仿宋_GB2312', 'FangSong_GB2312'])
  })

  it('reads every face of a collection', () => {
    const one = face([[1, '宋体']], 20)
    const two = face([[1, '新宋体']], 20 + one.length)
    const head = Uint8Array.from([0x74, 0x74, 0x63, 0x66, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 20, 0, 0, 0, 20 + one.length])
    expect([...familyNames(reader(Uint8Array.from([...head, ...one, ...two])))]).toEqual(['宋体', '新宋体'])
  })

  it('says nothing of a broken, cut or hostile file, and keeps its limits', () => {
    const whole = face([[1, '黑体']])
    for (let cut = 0; cut < whole.length; cut += 1) expect([...familyNames(reader(whole.subarray(0, cut)))].every((name) => name === '黑体')).toBe(true)
    expect(familyNames(reader(new TextEncoder().encode('PK not a font at all'))).size).toBe(0)
    const asked: number[] = []
    const many = Uint8Array.from([0x74, 0x74, 0x63, 0x66, 0, 1, 0, 0, 255, 255, 255, 255])
    familyNames((offset, length) => {
      asked.push(length)
      return many.subarray(offset, offset + length)
    })
    expect(Math.max(...asked)).toBeLessThanOrEqual(fontLimits.nameBytes)
    expect([...familyNames(reader(face([[1, '督'.repeat(500)]])))]).toEqual([])
  })

  it('tells what of each chain is there and what stands in', () => {
    const status = new Map(chainStatus(new Set(['FangSong', 'STZhongsong', 'times new roman'])).map((one) => [one.role, one]))
    expect(status.get('body')).toMatchObject({ used: '仿宋', chain: [{ name: '仿宋_GB2312', installed: false }, { name: '仿宋', installed: true }, { name: 'FangSong', installed: true }] })
    expect([status.get('title')?.used, status.get('heading1')?.used, status.get('latin')?.used]).toEqual(['华文中宋', null, 'Times New Roman'])
  })
})
