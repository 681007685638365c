/** A program that answers like Chromium's --print-to-pdf, for the doors that start one: an empty page, so that no test needs the real one. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'

/** Puts the program into `dir` and answers its path, for DUTYDESK_CHROMIUM. */
export async function fakeChromium(dir: string): Promise<string> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  pdf.addPage([595, 842])
  const [page, script] = [join(dir, 'page.pdf'), join(dir, 'chromium.sh')]
  writeFileSync(page, await pdf.save())
  writeFileSync(script, `#!/bin/sh\nfor given; do case "$given" in --print-to-pdf=*) cp "${page}" "\${given#*=}";; esac; done\n`, { mode: 0o755 })
  return script
}
