/** A batch whose merged PDF takes several parts: progress, cancel, going on, and the text of the file against the one that Chromium makes of the whole. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import packed from '@sparticuz/chromium'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pdfByChromium } from '../../electron/doors/chromium.ts'
import { localDay } from '../../electron/doors/env.ts'
import { lettersAtOnce } from '../../electron/services/papers/pdf.ts'
import { launchBrowser, openPage, startProgram, type Program } from '../host/browser.ts'
import { draftText } from '../host/letter-office.ts'
import { missingForPdf, pdfLines } from '../host/printed.ts'
import { firstAccount } from '../host/sample.ts'
import { bridgeCall, buttonOf, shotsOf } from '../host/window.ts'

const count = lettersAtOnce + 3
const folder = mkdtempSync(join(tmpdir(), 'dutydesk-batch-pdf-'))
const start = new Date(2026, 6, 6, 9).getTime() - Date.now()
const now = (): number => Date.now() + start
const shot = shotsOf('batch-pdf')
let browser: Browser
let program: Program
let page: Page
let complaints: string[]

/** The third paper to be drawn waits until the test lets it go, so that a cancel always finds something to stop. */
let held: (() => void) | null = null
let drawn = 0
let holding = true

beforeAll(async () => {
  const { withPdf } = pdfByChromium(process.env.DUTYDESK_CHROMIUM ?? (await packed.executablePath()))
  browser = await launchBrowser()
  program = await startProgram((env) => ({
    ...env, now, today: () => localDay(now()),
    withPdf: (signal, work) => withPdf!(signal, (draw) => work(async (html) => {
      drawn += 1
      if (drawn === 2 && holding) await new Promise<void>((resolve, reject) => {
        held = resolve
        signal.addEventListener('abort', () => reject(new Error('cancelled')))
      })
      return draw(html)
    })),
  }))
  ;({ page, complaints } = await openPage(browser, program))
  const call = bridgeCall(page)
  await call('app.setup', { organ: '某市人民政府办公室', code: '某督函', account: firstAccount.name, password: firstAccount.password })
  const { id: unitId } = await call('units.save', { id: null, name: '级索镇', kind: 'township', shortName: null, aliases: [] })
  const { id: officialId } = await call('officials.save', { id: null, name: '欧阳㛃娜', gender: null, birth: null, phone: null, note: null, post: { id: null, unitId, title: '镇长', rank: null, isHead: true, portfolio: null, since: null, until: null } })
  for (let no = 1; no <= count; no += 1) await call('letters.compose', { type: 'reminder', unitId, officialId, matter: `第${no}项重点工作`, cause: '进展较慢', draft: draftText, earlierLetterId: null })
  await page.reload()
})
afterAll(async () => {
  held?.()
  await browser?.close()
  await program?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the merged PDF tells how many letters are done, stops when it is cancelled, and goes on from there', async () => {
  // The filter lets the issued ones go: the dialog must stay.
  await page.evaluate(() => { location.hash = '#/letters?state=draft' })
  await page.getByRole('row').filter({ hasText: '级索镇' }).first().waitFor()
  await page.getByRole('checkbox', { name: '选择已载入的各行' }).click()
  await buttonOf(page, '批量签发').click()
  await buttonOf(page, '签发并生成文书').click()
  await page.getByText(`${count} 件已签发，文书已生成。`).waitFor()
  await buttonOf(page, '存为 PDF').click()
  const progress = page.getByRole('dialog').getByRole('status')
  await progress.filter({ hasText: `正在排版成 PDF（${lettersAtOnce} / ${count}）` }).waitFor()
  await shot(page, 'progress')
  await buttonOf(page.getByRole('dialog'), '取消').click()
  await page.getByText(`已停下，做好了 ${lettersAtOnce} / ${count} 件。`, { exact: false }).waitFor()
  await shot(page, 'stopped')
  holding = false
  const download = page.waitForEvent('download')
  await buttonOf(page, '存为 PDF').click()
  const file = await download
  expect(file.suggestedFilename()).toBe(`函件打印-2026-07-06-${count}件.pdf`)
  copyFileSync(await file.path(), join(folder, 'joined.pdf'))
  // Two parts, the second begun twice: the first was not drawn again.
  expect(drawn).toBe(3)
  await buttonOf(page, '记为已打印').click()
  await page.getByText('已记录打印').waitFor()
  expect(await bridgeCall(page)('letters.batches', {})).toMatchObject([{ total: count, done: count, printedOn: '2026-07-06', printedBy: firstAccount.name }])
  expect(complaints).toEqual([])
})

test('the numbers of letters that are issued out of a filtered list stay on the screen until they are read', async () => {
  await page.locator('.ant-modal-close').last().click()
  const call = bridgeCall(page)
  const { items: [first] } = await call('letters.list', { limit: 1, cursor: null })
  const { id } = await call('letters.compose', { type: 'reminder', unitId: first!.unitId, officialId: first!.officialId, matter: '另一项工作', cause: '进展较慢', draft: draftText, earlierLetterId: null })
  await call('letters.submit', { ids: [id] })
  await call('letters.check', { ids: [id], pass: true })
  await page.evaluate(() => { location.hash = '#/letters?state=checked' })
  await page.reload()
  await page.getByRole('row').filter({ hasText: '级索镇' }).getByRole('checkbox').click()
  await buttonOf(page, '签发').click()
  await buttonOf(page.getByRole('dialog'), '签发').click()
  await page.getByRole('dialog').getByText(`某督函〔2026〕${count + 1}号`).waitFor()
  await page.getByText('没有符合条件的函件').waitFor()
  await buttonOf(page.getByRole('dialog'), '关闭').last().click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

const noReader = missingForPdf()
test.skipIf(noReader !== null)(noReader === null ? 'the joined file has the pages and the lines of the whole printed at once, behind the list' : `the text of the joined PDF (skipped: ${noReader})`, async () => {
  const call = bridgeCall(page)
  const [batch] = await call('letters.batches', {})
  const { job } = await call('letters.batchResume', { batchId: batch!.id })
  for (let after = 0, state = 'running'; state === 'running';) ({ version: after, state } = await call('jobs.wait', { id: job, after }))
  const { pages } = await call('letters.batchResult', { job })
  const parts: Uint8Array[] = []
  for (let offset = 0, size = 1; offset < size;) {
    const read = await page.evaluate(async ([token, at]) => {
      const answer = await window.dutydesk!.call('files.read', { token, offset: at, length: 1_048_576 })
      const { size: all, bytes } = (answer as unknown as { value: { size: number; bytes: Uint8Array } }).value
      return { size: all, bytes: Array.from(bytes) }
    }, [pages!.file, offset] as const)
    parts.push(Uint8Array.from(read.bytes))
    offset += read.bytes.length
    size = read.size
  }
  const tab = await browser.newPage()
  await tab.setContent(Buffer.concat(parts).toString('utf8'))
  writeFileSync(join(folder, 'whole.pdf'), await tab.pdf({ preferCSSPageSize: true, printBackground: true }))
  const joined = pdfLines(folder, 'joined')
  expect(joined).toEqual(pdfLines(folder, 'whole'))
  expect(joined[0]!.join('')).toContain('函件打印清单')
  expect(joined.flat().filter((line) => /〔2026〕\d+号$/u.test(line)).length).toBeGreaterThanOrEqual(count)
})
