/** A letter previewed, edited, issued, printed and read back: the PDF of the page that the program prints against the Word file of the same letter. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { docxToPdf, missingForDocx } from '../../build/print/tools.ts'
import type { InputOf, OutputOf, EntryName } from '../../shared/contract/entries.ts'
import { localDay } from '../../electron/doors/env.ts'
import { launchBrowser, openPage, startProgram, type Program } from '../host/browser.ts'
import { draftText } from '../host/letter-office.ts'
import { frameToPdf, missingForPdf, pdfLines, printedFrame, type PrintedFrame } from '../host/printed.ts'
import { firstAccount } from '../host/sample.ts'

let browser: Browser
let program: Program
let page: Page
let complaints: string[]
let letterId: string
let printed: PrintedFrame
let number: string
const folder = mkdtempSync(join(tmpdir(), 'dutydesk-printed-'))
const start = new Date(2026, 6, 6, 9).getTime() - Date.now()
const now = (): number => Date.now() + start

async function call<N extends EntryName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const answer = await page.evaluate(([entry, value]) => window.dutydesk!.call(entry as string, value), [name, input] as const)
  if (!answer.ok) throw new Error(`${name}: ${answer.error.code}`)
  return answer.value as OutputOf<N>
}

const verb = (name: string): RegExp => new RegExp(`^${[...name].join('\\s*')}$`)
const button = (name: string) => page.getByRole('button', { name: verb(name) })
const paper = () => page.frameLocator('.a4-box iframe').locator('body')
const without = (text: string): string => text.replaceAll(/\s/gu, '')

beforeAll(async () => {
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, now, today: () => localDay(now()) }))
  ;({ page, complaints } = await openPage(browser, program))
  await call('app.setup', { organ: '某市人民政府办公室', code: '某督函', account: firstAccount.name, password: firstAccount.password })
  const { id: unitId } = await call('units.save', { id: null, name: '级索镇', kind: 'township', shortName: null, aliases: [] })
  const { id: officialId } = await call('officials.save', { id: null, name: '欧阳㛃娜', gender: null, birth: null, phone: null, note: null, post: { id: null, unitId, title: '党委副书记、镇长', rank: null, isHead: true, portfolio: null, since: null, until: null } })
  const facts = [{ ...draftText.facts[0]!, heading: null, text: '3月至5月累计签约项目2个、开工项目1个、到位资金1203.5万元，PM2.5月均42微克/立方米，与上年同期相比没有增长；编号DC2026-017的督查事项办结率86.42%，“双招双引”工作位列第21名。' }]
  letterId = (await call('letters.compose', { type: 'reminder', unitId, officialId, matter: '招商引资', cause: '没有实质进展', draft: { ...draftText, facts }, earlierLetterId: null })).id
  await page.reload()
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the draft is previewed, and the preview follows what is edited', async () => {
  await page.evaluate((id) => { location.hash = `#/letters/${id}` }, letterId)
  await paper().filter({ hasText: '欧阳㛃娜' }).waitFor()
  await button('修改草稿').first().click()
  await page.getByLabel('要求 1', { exact: true }).fill('请于7月底前完成2个项目签约并报送佐证材料。')
  await paper().filter({ hasText: '完成2个项目签约' }).waitFor()
  await button('保存草稿').click()
  await page.getByText('草稿已保存').waitFor()
})

test('it is submitted, checked and issued by clicks and then bears its number and date', async () => {
  await button('提交审核').click()
  await button('审核通过').click()
  await button('签发').click()
  await page.getByRole('dialog').getByRole('button', { name: verb('签发') }).click()
  await page.getByRole('dialog').getByText('1 件已签发').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: verb('关闭') }).last().click()
  number = '某督函〔2026〕1号'
  await paper().filter({ hasText: number }).filter({ hasText: '2026年7月6日' }).waitFor()
  // After the issue the text stands: there is nothing to edit any more.
  expect(await button('修改草稿').count()).toBe(0)
})

test('the page that is printed is the previewed one, line by line', async () => {
  const shown = await page.frameLocator('.a4-box iframe').locator('.l').allTextContents()
  await button('打印').click()
  await page.waitForFunction(() => (document.querySelector<HTMLIFrameElement>('.print-frame')?.contentDocument?.querySelectorAll('.l').length ?? 0) > 0)
  printed = await printedFrame(page)
  expect(printed.boxes.map((box) => box.split(' ').slice(5).join(' '))).toEqual(shown)
  // The style sheet came through the page's policy: the sheet is as wide as A4 is.
  expect(await page.frameLocator('.print-frame').locator('.page').first().evaluate((sheet) => sheet.clientWidth)).toBe(794)
  expect(await frameToPdf(page, printed, join(folder, 'printed.pdf'))).toEqual(printed.boxes)
  expect(complaints).toEqual([])
})

const noReader = missingForPdf()
test.skipIf(noReader !== null)(noReader === null ? 'the text of the PDF is the letter, page by page and line by line as it was laid out' : `the text of the PDF (skipped: ${noReader})`, () => {
  const pages = pdfLines(folder, 'printed')
  const expected = (index: number): string[] => printed.boxes.filter((box) => box.startsWith(`${index + 1} `)).map((box) => without(box.split(' ').slice(5).join(' ')))
  expect(pages.length).toBe(new Set(printed.boxes.map((box) => box.split(' ')[0])).size)
  for (const [index, lines] of pages.entries()) expect([...lines].sort()).toEqual(expected(index).sort())
  const text = pages.flat().join('')
  for (const said of [number, '欧阳㛃娜', '完成2个项目签约', '1203.5万元', '2026年7月6日', '某市人民政府办公室']) expect(text).toContain(said)
})

const noWord = missingForDocx()
test.skipIf(noWord !== null || noReader !== null)(noWord === null ? 'the Word file of the letter breaks the same lines and pages as the PDF' : `the Word file against the PDF (skipped: ${noWord})`, async () => {
  const download = page.waitForEvent('download')
  await button('下载 Word').click()
  const file = await download
  expect(file.suggestedFilename()).toBe(`${number}-欧阳㛃娜.docx`)
  copyFileSync(await file.path(), join(folder, 'word.docx'))
  docxToPdf(folder, ['word'])
  expect(pdfLines(folder, 'word')).toEqual(pdfLines(folder, 'printed'))
}, 240_000)
