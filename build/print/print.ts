/** Draws cases as .docx and as HTML, lets LibreOffice and Chromium print them, and measures both. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { layoutToDocx } from '../../electron/documents/docx.ts'
import { layoutToHtml } from '../../shared/letter/html.ts'
import type { PrintCase } from './cases.ts'
import { measure } from './ruler.ts'
import type { Output, Row } from './ruler.ts'
import { docxToPdf, htmlToPdf, inkOf, linesOf, missingForDocx, wordsOf } from './tools.ts'

export type PrintRun = {
  readonly rows: readonly Row[]
  /** Papers whose lines or pages differ between the outputs, each with the first difference. */
  readonly differences: readonly string[]
  /** Outputs that could not be printed, with the reason. */
  readonly skipped: readonly string[]
}

/** A temporary folder for `use`, gone afterwards. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dutydesk-print-'))
  try {
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One wrong value in a Word file, to see the ruler notice it. */
export type Alter = { readonly from: string; readonly to: string }

function altered(docx: Uint8Array, alter: Alter | undefined): Uint8Array {
  if (!alter) return docx
  let found = false
  const parts = Object.entries(unzipSync(docx)).map(([name, data]) => {
    const text = strFromU8(data)
    found ||= text.includes(alter.from)
    return [name, strToU8(text.replaceAll(alter.from, alter.to))] as const
  })
  if (!found) throw new Error(`the Word file has no ${alter.from}`)
  return zipSync(Object.fromEntries(parts))
}

/** PDFs of the cases by output; null with the reason where the program for it is missing. */
export async function printDocx(cases: readonly (PrintCase & { readonly alter?: Alter })[], folder: string): Promise<string | null> {
  const missing = missingForDocx()
  if (missing !== null) return missing
  mkdirSync(folder, { recursive: true })
  for (const one of cases) writeFileSync(join(folder, `${one.name}.docx`), altered(await layoutToDocx(one.layout), one.alter))
  docxToPdf(folder, cases.map((one) => one.name))
  return null
}

/** Of a register the first page shows what there is to measure; its other pages are read as text. */
export async function measureAll(cases: readonly PrintCase[], folder: string, output: Output): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const one of cases) {
    const pdf = join(folder, `${one.name}.pdf`)
    rows.push(...measure(one, { pages: await inkOf(pdf, one.paper === 'register' ? 1 : null, one.paper === 'general'), words: wordsOf(pdf) }, output))
  }
  return rows
}

export async function printAndMeasure(cases: readonly PrintCase[]): Promise<PrintRun> {
  return inFolder(async (folder) => {
    const [docx, html] = [join(folder, 'docx'), join(folder, 'html')]
    const noDocx = await printDocx(cases, docx)
    if (noDocx !== null) return { rows: [], differences: [], skipped: [noDocx] }
    const noHtml = await htmlToPdf(html, new Map(cases.map((one) => [one.name, layoutToHtml(one.layout)])))
    const rows = (await Promise.all([measureAll(cases, docx, 'docx'), noHtml === null ? measureAll(cases, html, 'html') : []])).flat()
    const differences = noHtml === null ? cases.flatMap((one) => difference(one, join(docx, `${one.name}.pdf`), join(html, `${one.name}.pdf`))) : []
    return { rows, differences, skipped: noHtml === null ? [] : [noHtml] }
  })
}

/** The first line that the two PDFs do not share, page by page. */
function difference({ name, layout }: PrintCase, docxPdf: string, htmlPdf: string): readonly string[] {
  // Cells of one row that have unequal numbers of lines have no common order of lines: pages with tables are compared by their characters.
  const tabled = layout.blocks.some((block) => block.role === 'table')
  const read = (pdf: string) => (tabled ? linesOf(pdf).map((page) => [Array.from(page.join('')).sort().join('')]) : linesOf(pdf))
  const [docx, html] = [read(docxPdf), read(htmlPdf)]
  if (docx.length !== html.length) return [`${name}: ${docx.length} pages in the .docx, ${html.length} in the HTML`]
  for (const [i, page] of docx.entries()) {
    const other = html[i] ?? []
    for (let line = 0; line < Math.max(page.length, other.length); line += 1) {
      if (page[line] !== other[line]) return [`${name}, page ${i + 1}, line ${line + 1}: .docx “${page[line] ?? ''}”, HTML “${other[line] ?? ''}”`]
    }
  }
  return []
}
