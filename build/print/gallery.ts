/** `node build/print/gallery.ts`: the first page of every paper as a small grey picture for the README, at most 60 KB each. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { allCases } from './cases.ts'
import { inFolder, printDocx } from './print.ts'

const shown: ReadonlySet<string> = new Set([
  'reminder', 'supervision', 'interview', 'yellowCard', 'clarification', 'monthly', 'minutes', 'dutyFile', 'receipt', 'statement', 'register-A4', 'register-A3',
])
const target = join(import.meta.dirname, '..', 'gallery')
const mostBytes = 60 * 1024

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** An 8-bit grey PNG of sixteen shades, which pack far better than all of them and read the same. */
function greyPng(width: number, height: number, grey: Uint8Array): Uint8Array {
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows[y * (width + 1) + x + 1] = Math.round((grey[y * width + x] ?? 255) / 17) * 17
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', new Uint8Array())])
}

/** The first page as a binary PGM: three numbers and a byte a dot. */
function picture(pdf: string, width: number): Uint8Array {
  const pgm = execFileSync('pdftoppm', ['-gray', '-singlefile', '-f', '1', '-scale-to-x', String(width), '-scale-to-y', '-1', pdf], { maxBuffer: 1 << 26 })
  const match = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'))
  if (!match) throw new Error('pdftoppm gave no grey picture')
  return greyPng(Number(match[1]), Number(match[2]), pgm.subarray(match[0].length))
}

await inFolder(async (folder) => {
  const cases = allCases().filter((one) => shown.has(one.name))
  const missing = await printDocx(cases, folder)
  if (missing !== null) {
    console.log(`skipped: ${missing}`)
    return
  }
  mkdirSync(target, { recursive: true })
  for (const { name } of cases) {
    // Fewer dots until the picture is small enough.
    const png = [560, 480, 420, 360, 300].map((width) => picture(join(folder, `${name}.pdf`), width)).find((one) => one.length <= mostBytes)
    if (!png) throw new Error(`${name} is larger than ${mostBytes} bytes`)
    writeFileSync(join(target, `${name}.png`), png)
    console.log(`${name}.png ${png.length} bytes`)
  }
})
