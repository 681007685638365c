/** A program that answers on Chromium's DevTools pipe, for the doors that start one: every paper becomes one empty page, so that no test needs the real one. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'

const program = (pdf: string): string => `
const { createReadStream, writeSync } = require('node:fs')
const say = (message) => writeSync(4, JSON.stringify(message) + '\\0')
let begun = ''
createReadStream(null, { fd: 3 }).on('data', (data) => {
  const parts = (begun + data).split('\\0')
  begun = parts.pop()
  for (const { id, method } of parts.map((part) => JSON.parse(part))) {
    if (method === 'Page.navigate') say({ method: 'Page.loadEventFired' })
    say({ id, result: { targetId: 't', sessionId: 's', data: ${JSON.stringify(pdf)} } })
  }
})
`

/** Puts the program into `dir` and answers its path, for DUTYDESK_CHROMIUM. */
export async function fakeChromium(dir: string): Promise<string> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.addPage([595, 842])
  const [code, start] = [join(dir, 'chromium.cjs'), join(dir, 'chromium.sh')]
  writeFileSync(code, program(Buffer.from(await pdf.save()).toString('base64')))
  writeFileSync(start, `#!/bin/sh\nexec "${process.execPath}" "${code}"\n`, { mode: 0o755 })
  return start
}
