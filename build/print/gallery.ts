/** `node build/print/gallery.ts`: the first page of every paper as a picture for the README, at most 120 KB each. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { allCases } from './cases.ts'
import { inFolder, printDocx } from './print.ts'

const shown: ReadonlySet<string> = new Set([
  'reminder', 'supervision', 'interview', 'yellowCard', 'clarification', 'monthly', 'minutes', 'dutyFile', 'receipt', 'statement', 'register-A4', 'register-A3',
])
const target = join(import.meta.dirname, '..', 'gallery')
const mostBytes = 120 * 1024

/** The first page. */
function picture(pdf: string, width: number): Uint8Array {
  return execFileSync('pdftoppm', ['-png', '-singlefile', '-f', '1', '-scale-to-x', String(width), '-scale-to-y', '-1', pdf], { maxBuffer: 1 << 26 })
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
    const png = [720, 560, 480, 420, 360].map((width) => picture(join(folder, `${name}.pdf`), width)).find((one) => one.length <= mostBytes)
    if (!png) throw new Error(`${name} is larger than ${mostBytes} bytes`)
    writeFileSync(join(target, `${name}.png`), png)
    console.log(`${name}.png ${png.length} bytes`)
  }
})
