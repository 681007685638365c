/** papers.pdf: parts as real progress, cancel, going on after it and after a failure, one file in the right order. The drawing itself is faked: a page as wide as the letter's number says. */
import { PDFDocument } from '@cantoo/pdf-lib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { batchTexts } from '../../../../electron/services/letters/batch-texts.ts'
import { mergedPages } from '../../../../electron/services/letters/merged-pages.ts'
import { lettersAtOnce, pdfResult, startPdf } from '../../../../electron/services/papers/pdf.ts'
import { splitPages } from '../../../../electron/services/papers/split-pages.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import type { JobView } from '../../../../electron/services/job-desk.ts'
import { layoutLetter } from '../../../../shared/letter/layout.ts'
import { codeOf, makeLetterOffice, type LetterOffice } from '../../../host/letter-office.ts'
import { reminder } from '../../../host/letters/samples.ts'

let office: LetterOffice
let context: OpenContext
beforeEach(async () => {
  office = await makeLetterOffice('pdf')
})
afterEach(() => office.close())

const count = 2 * lettersAtOnce + 5
const pages = mergedPages(batchTexts('某市人民政府办公室', '2026-07-06', count))
for (let no = 1; no <= count; no += 1) pages.add(layoutLetter({ ...reminder, number: `某督函〔2026〕${no}号` }), { number: `某督函〔2026〕${no}号`, type: '提醒函', unit: '某单位', name: '某人' })
const html = pages.html()

/** One PDF page for every page of the HTML, 100 wide for the list, 1000 + number for a letter's. */
async function draw(part: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  let width = 100
  for (const page of part.split('<section class="page').slice(1)) {
    const number = /〔2026〕(\d+)号/u.exec(page.replaceAll(/<[^>]*>/gu, ''))
    if (page.includes('data-page="1"')) width = 1_000 + Number(number![1])
    pdf.addPage([width, 1_000])
  }
  return pdf.save()
}

type ToPdf = (html: string, signal: AbortSignal) => Promise<Uint8Array>
type Drawing = { readonly html: string; readonly go: () => void; readonly fail: () => void }
/** A Chromium that draws when the test says so. */
function slowPdf(): { readonly toPdf: ToPdf; readonly next: () => Promise<Drawing>; readonly drawn: string[] } {
  const waiting: Drawing[] = []
  let wake = (): void => undefined
  const drawn: string[] = []
  return {
    drawn,
    toPdf: (part, signal) => new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('aborted')))
      waiting.push({ html: part, go: () => (drawn.push(part), void draw(part).then(resolve, reject)), fail: () => reject(new Error('crashed')) })
      wake()
    }),
    async next() {
      if (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return waiting.shift()!
    },
  }
}

const use = (toPdf?: ToPdf): void => {
  context = { ...office.context, env: { ...office.context.env, ...(toPdf ? { withPdf: (signal, work) => work((html) => toPdf(html, signal)) } : {}) } }
}
const offer = (text: string, name = '函件打印.html', mime = 'text/html'): string => office.context.files.offer({ name, mime, bytes: new TextEncoder().encode(text) })
async function until(job: string, reached: (view: JobView) => boolean): Promise<JobView> {
  for (let after = 0; ;) {
    const view = unwrap(await context.jobs.wait(job, after, 60_000))
    if (reached(view) || view.state !== 'running') return view
    after = view.version
  }
}
const ended = (job: string): Promise<JobView> => until(job, () => false)
const done = (view: JobView): unknown[] => [view.counts['done'], view.counts['total']]
async function widths(job: string): Promise<number[]> {
  const { file, name } = unwrap(pdfResult({ job }, context))
  expect(name).toBe('函件打印.pdf')
  const pdf = await PDFDocument.load(unwrap(context.files.take(file)).bytes, { updateMetadata: false })
  return [...new Set(pdf.getPages().map((page) => page.getWidth()))]
}
const inOrder = [100, ...Array.from({ length: count }, (_, index) => 1_001 + index)]

describe('the PDF of a batch', () => {
  it('tells after every part how many letters are done, two parts at a time, and joins them behind the list in order', async () => {
    const chromium = slowPdf()
    use(chromium.toPdf)
    const { job } = unwrap(startPdf({ file: offer(html) }, context))
    const [first, second] = [await chromium.next(), await chromium.next()]
    expect(done(unwrap(context.jobs.view(job)))).toEqual([0, count])
    second.go()
    expect(done(await until(job, (view) => view.counts['done'] === lettersAtOnce))).toEqual([lettersAtOnce, count])
    const third = await chromium.next()
    third.go()
    const view = await until(job, (one) => one.counts['done'] === lettersAtOnce + 5)
    expect(view.fraction).toBeCloseTo(((lettersAtOnce + 5) / count) * 0.9, 5)
    first.go()
    expect(await ended(job)).toMatchObject({ state: 'done', fraction: 1 })
    expect(await widths(job)).toEqual(inOrder)
  })

  it('stops at once when it is cancelled, and then draws only what is missing', async () => {
    const chromium = slowPdf()
    use(chromium.toPdf)
    const file = offer(html)
    const { job } = unwrap(startPdf({ file }, context))
    const first = await chromium.next()
    await chromium.next()
    first.go()
    await until(job, (view) => view.counts['done'] === lettersAtOnce)
    await chromium.next()
    unwrap(context.jobs.cancel(job))
    expect(await ended(job)).toMatchObject({ state: 'cancelled' })
    expect(codeOf(pdfResult({ job }, context))).toBe('CANCELLED')

    const again = unwrap(startPdf({ file }, context)).job
    expect(done(await until(again, (view) => view.counts['done'] !== undefined))).toEqual([lettersAtOnce, count])
    for (let left = 2; left > 0; left -= 1) (await chromium.next()).go()
    expect(await ended(again)).toMatchObject({ state: 'done' })
    expect(new Set(chromium.drawn).size).toBe(chromium.drawn.length)
    expect(await widths(again)).toEqual(inOrder)
  })

  it('says how far it came when Chromium fails, and goes on from there', async () => {
    const chromium = slowPdf()
    use(chromium.toPdf)
    const file = offer(html)
    const { job } = unwrap(startPdf({ file }, context))
    const [first, second] = [await chromium.next(), await chromium.next()]
    second.go()
    await until(job, (view) => view.counts['done'] === lettersAtOnce)
    first.fail()
    expect(await ended(job)).toMatchObject({ state: 'failed', error: { code: 'PDF_FAILED', params: { done: lettersAtOnce, total: count } } })
    // The part that the other lane had begun was ended with the job.
    await chromium.next()
    const again = unwrap(startPdf({ file }, context)).job
    for (let left = 2; left > 0; left -= 1) (await chromium.next()).go()
    expect(await ended(again)).toMatchObject({ state: 'done' })
    expect(await widths(again)).toEqual(inOrder)
  })

  it('draws again what the desk has given up, and drops the parts of the paper before', async () => {
    use((part) => draw(part))
    const file = offer(html)
    const first = unwrap(startPdf({ file }, context)).job
    await ended(first)
    const other = offer(html)
    await ended(unwrap(startPdf({ file: other }, context)).job)
    const calls: string[] = []
    use((part) => (calls.push(part), draw(part)))
    const again = unwrap(startPdf({ file }, context)).job
    expect(await ended(again)).toMatchObject({ state: 'done' })
    expect(calls).toHaveLength(3)
    expect(await widths(again)).toEqual(inOrder)
  })

  it('is drawn whole for one letter, and is refused for other files and where there is no Chromium', async () => {
    const bytes = new TextEncoder().encode('%PDF-one')
    use(() => Promise.resolve(bytes))
    const one = splitPages(html, 1)![1]!.html
    const { job } = unwrap(startPdf({ file: offer(one) }, context))
    expect(await ended(job)).toMatchObject({ state: 'done', counts: { done: 1, total: 1 } })
    expect(unwrap(context.files.take(unwrap(pdfResult({ job }, context)).file)).bytes).toEqual(bytes)
    for (const file of [offer('<!doctype html><html><script>1</script></html>'), offer(html, '表.csv', 'text/csv')]) expect(codeOf(startPdf({ file }, context))).toBe('FILE_WRONG_KIND')
    expect(codeOf(startPdf({ file: 'no-such-token' }, context))).toBe('FILE_TOKEN')
    use()
    expect(startPdf({ file: offer(one) }, context)).toMatchObject({ error: { code: 'NOT_FOUND', params: { what: 'chromium' } } })
  })
})
