/**
 * 批量: 300 letters as .docx files on disk, from their layouts, against docxtemplater and easy-template-x with a template of equal text in the same run;
 * 300 letters as one HTML document, and that as one PDF where a Chromium starts; the preview of one letter.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import Docxtemplater from 'docxtemplater'
import { TemplateHandler } from 'easy-template-x'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import PizZip from 'pizzip'
import { layoutToDocx } from '../../electron/documents/docx.ts'
import { pdfByChromium } from '../../electron/doors/chromium.ts'
import type { Env } from '../../electron/services/context.ts'
import { createFileDesk } from '../../electron/services/file-desk.ts'
import { createJobDesk } from '../../electron/services/job-desk.ts'
import { batchTexts } from '../../electron/services/letters/batch-texts.ts'
import { mergedPages } from '../../electron/services/letters/merged-pages.ts'
import { pdfResult, startPdf } from '../../electron/services/papers/pdf.ts'
import type { LetterContent } from '../../shared/letter/content.ts'
import { layoutToHtml } from '../../shared/letter/html.ts'
import { layoutLetter } from '../../shared/letter/layout.ts'
import { unwrap } from '../../shared/result.ts'
import { reminder } from '../print/letters.ts'
import { chromiumPath } from '../print/tools.ts'
import { median, timed, type Figure } from './support/figure.ts'

const count = 300
const rounds = 5

/** As an office has them: other people, units and numbers under one frame. */
const contents: readonly LetterContent[] = Array.from({ length: count }, (_, index) => ({
  ...reminder, number: `滕督函〔2026〕${index + 1}号`, addressee: { kind: 'person', unit: `第${index}街道办事处`, post: '主任', name: `赵明${index}` },
}))
const values = contents.map((content, index) => ({ name: `赵明${index}`, unit: `第${index}街道办事处`, number: String(index + 1), content }))

/** The same letter with places instead of its name and unit, made once and not measured. */
async function equalTemplate(): Promise<Uint8Array> {
  const parts = unzipSync(await layoutToDocx(layoutLetter({ ...reminder, addressee: { kind: 'person', unit: 'UNIT', post: '主任', name: 'NAME' } })))
  const document = strFromU8(parts['word/document.xml']!).replaceAll('UNIT', '{unit}').replaceAll('NAME', '{name}')
  return zipSync({ ...parts, 'word/document.xml': strToU8(document) })
}

type Maker = (dir: string) => Promise<void>

const ours: Maker = async (dir) => {
  for (const [index, content] of contents.entries()) writeFileSync(join(dir, `${index}.docx`), await layoutToDocx(layoutLetter(content)))
}
const byDocxtemplater = (template: Uint8Array): Maker => (dir) => {
  values.forEach(({ name, unit }, index) => {
    const document = new Docxtemplater(new PizZip(template), { paragraphLoop: true })
    document.render({ name, unit })
    writeFileSync(join(dir, `${index}.docx`), document.getZip().generate({ type: 'nodebuffer', compression: 'DEFLATE' }))
  })
  return Promise.resolve()
}
const byEasyTemplate = (template: Uint8Array): Maker => async (dir) => {
  const handler = new TemplateHandler()
  for (const [index, { name, unit }] of values.entries()) writeFileSync(join(dir, `${index}.docx`), await handler.process(Buffer.from(template), { name, unit }))
}

/** Median ms after one round that warms up. */
async function measure(make: Maker): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'dutydesk-bench-'))
  try {
    const times: number[] = []
    for (let round = 0; round <= rounds; round += 1) {
      const start = performance.now()
      await make(dir)
      if (round > 0) times.push(performance.now() - start)
    }
    return median(times)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function mergedHtml(): string {
  const pages = mergedPages(batchTexts('滕州市人民政府办公室', '2026-07-08', count))
  for (const { content, name, unit } of values) pages.add(layoutLetter(content), { number: content.number ?? '', type: '提醒函', unit, name })
  return pages.html()
}

/** Through the service itself: its parts, processes of Chromium and worker. The whole job; what of it is the joining, its progress tells. */
async function pdfTimes(html: string): Promise<Figure[]> {
  const name = '300 letters as one PDF, with progress'
  const pdf = pdfByChromium(await chromiumPath())
  if (!pdf.withPdf) return [{ name, figure: 0, unit: 'ms', limit: null, note: 'skipped: no Chromium' }]
  const random = (size: number): Uint8Array => randomBytes(size)
  const env: Env = { door: 'terminal', version: 'bench', dataDir: '', machine: '', now: Date.now, today: () => '2026-07-08', random, log: () => undefined, ...pdf }
  const files = createFileDesk(random)
  const jobs = createJobDesk(() => randomUUID(), (error) => { throw error })
  const file = files.offer({ name: 'bench.html', mime: 'text/html', bytes: new TextEncoder().encode(html) })
  const start = performance.now()
  const { job } = unwrap(startPdf({ file }, { env, files, jobs }))
  let [told, drawn] = [0, 0]
  for (let view = unwrap(jobs.view(job)); view.state === 'running'; view = unwrap(await jobs.wait(job, view.version, 60_000))) {
    if (view.step === 'papers.pages') told += 1
    else if (drawn === 0) drawn = performance.now() - start
  }
  const figure = performance.now() - start
  const done = unwrap(pdfResult({ job }, { env, files, jobs }))
  const { bytes } = unwrap(files.take(done.file))
  return [{ name, figure, unit: 'ms', limit: 20_000, note: `drawn in ${drawn.toFixed(0)} ms, told ${told} times, joined in ${(figure - drawn).toFixed(0)} ms to ${bytes.length} bytes` }]
}

export async function bench(): Promise<Figure[]> {
  const template = await equalTemplate()
  const own = await measure(ours)
  const docxtemplater = await measure(byDocxtemplater(template))
  const easy = await measure(byEasyTemplate(template))
  const start = performance.now()
  const html = mergedHtml()
  const merging = performance.now() - start
  const previews = timed(20, () => layoutToHtml(layoutLetter(reminder)))
  return [
    { name: '300 letters as .docx on disk', figure: own, unit: 'ms', limit: docxtemplater },
    { name: 'docxtemplater, equal template', figure: docxtemplater, unit: 'ms', limit: null },
    { name: 'easy-template-x, equal template', figure: easy, unit: 'ms', limit: null },
    { name: 'ours of docxtemplater', figure: own / docxtemplater, unit: '×', limit: 1 },
    { name: 'ours of easy-template-x', figure: own / easy, unit: '×', limit: 1 },
    { name: '300 letters as one HTML document', figure: merging, unit: 'ms', limit: null },
    ...(await pdfTimes(html)),
    { name: 'preview of one letter, layout and HTML', figure: median(previews), unit: 'ms', limit: 100 },
  ]
}
