/** The whole job by clicks: first run, import, rules, issue, deliver, reply, judge, close, the Word file. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { localDay } from '../../electron/doors/env.ts'
import { launchBrowser, openPage, startProgram, type Program } from '../host/browser.ts'
import { firstAccount, sampleDir, sampleFiles } from '../host/sample.ts'
import { wordText } from '../host/word-text.ts'

let browser: Browser
let program: Program
let page: Page
let complaints: string[]
const start = new Date(2026, 6, 6, 9).getTime() - Date.now()
const now = (): number => Date.now() + start

beforeAll(async () => {
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, now, today: () => localDay(now()) }))
  ;({ page, complaints } = await openPage(browser, program))
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
})

/** DUTYDESK_SHOTS names a folder: what the window showed when a step ended. */
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`what the window said:\n${await page.locator('body').innerText()}`)
  if (process.env.DUTYDESK_SHOTS) await page.screenshot({ path: join(process.env.DUTYDESK_SHOTS, `${task.name.replaceAll(/\W+/g, '-').slice(0, 40)}.png`) })
})

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
/** antd puts a space between the two characters of a short button. */
const verb = (word: string): RegExp => new RegExp(`^${[...word].join('\\s*')}$`)
const dialog = () => page.getByRole('dialog')
const press = async (word: string): Promise<void> => dialog().getByRole('button', { name: verb(word) }).last().click()

test('the first run sets the office up and shows the recovery code once', async () => {
  await page.getByLabel('机关全称').fill('中共滕州市委办公室')
  await page.getByLabel('发文代字').fill('滕督函')
  await page.getByText('滕督函〔2026〕1号').waitFor()
  await page.getByLabel('您的姓名').fill(firstAccount.name)
  await page.getByLabel('密码', { exact: true }).fill(firstAccount.password)
  await page.getByLabel('再输一遍密码').fill(firstAccount.password)
  await button('建立数据').click()
  const code = await page.locator('.recovery-code').textContent()
  await page.getByLabel('请输入恢复码的最后一组').fill((code ?? '').split('-').at(-1) ?? '')
  await button('开始使用').click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
})

test('the sample year is tried, looked at and imported: rosters first, then the bulletins', async () => {
  await page.getByRole('link', { name: '通报' }).click()
  const chooser = page.waitForEvent('filechooser')
  await button('选择文件').first().click()
  await (await chooser).setFiles(sampleFiles.map((name) => join(sampleDir, name)))
  await button('确认导入（2 个文件）').click({ timeout: 120_000 })
  await button('确认导入（14 个文件）').waitFor({ timeout: 120_000 })
  await page.getByRole('button', { name: /08-招商引资6月通报/ }).click()
  await page.getByText('约3个').first().waitFor()
  await button('确认导入（14 个文件）').click()
  await page.locator('.file-state', { hasText: '已导入' }).nth(15).waitFor({ timeout: 180_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), button('下载错误行').click()])
  expect(readFileSync(await download.path()).subarray(0, 2).toString()).toBe('PK')
})

test('the rules propose; the reasons are shown; one proposal becomes a letter with a number', async () => {
  await page.getByRole('link', { name: '拟办' }).click()
  await button('运行规则').click()
  await page.getByText('共 40 条').waitFor()
  await page.getByRole('row').filter({ hasText: '欧阳立' }).first().click()
  const detail = page.getByRole('complementary', { name: '为什么提出' })
  await detail.getByText('2026年6月').first().waitFor()
  await detail.getByText('06-2026年4月招商引资通报.xls').first().waitFor()
  await detail.getByRole('button', { name: verb('签发') }).click()
  await press('签发')
  await dialog().getByRole('button', { name: '滕督函〔2026〕1号' }).click()
  await page.getByText('滕督函〔2026〕1号').first().waitFor()
})

test('the letter goes its way to 销号 and every step is kept', async () => {
  await button(verb('送达')).click()
  await press('送达')
  await button(verb('收到说明')).click()
  await dialog().getByLabel('内容摘要').fill('已逐项核实，附整改措施。')
  const chooser = page.waitForEvent('filechooser')
  await dialog().getByRole('button', { name: '添加扫描件' }).click()
  await (await chooser).setFiles({ name: '书面说明.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 scan') })
  await dialog().getByText('书面说明.pdf').waitFor()
  await press('收到说明')
  await button(verb('审阅')).click()
  await press('审阅')
  await button(verb('销号')).click()
  await press('销号')
  await page.getByText('已销号').first().waitFor()
  for (const word of ['欧阳立', '2026-07-27', '书面说明.pdf']) await page.getByText(word).first().waitFor()
})

test('the Word file holds every field and opens in LibreOffice', async (context) => {
  const [file] = await Promise.all([page.waitForEvent('download'), button(/下载 Word|存为 Word/).first().click()])
  expect(file.suggestedFilename()).toBe('滕督函〔2026〕1号-欧阳立.docx')
  const bytes = readFileSync(await file.path())
  const text = wordText(bytes)
  const fields = ['中共滕州市委办公室', '滕督函〔2026〕1号', '提醒函', '西岗镇人民政府', '欧阳立', '招商引资', '2026年6月', '15个工作日', '2026年7月6日']
  for (const field of fields) expect(text).toContain(field)
  const dir = mkdtempSync(join(tmpdir(), 'dutydesk-word-'))
  try {
    await file.saveAs(join(dir, 'letter.docx'))
    const profile = `-env:UserInstallation=file://${join(dir, 'profile')}`
    try {
      execFileSync('soffice', [profile, '--headless', '--convert-to', 'txt:Text (encoded):UTF8', '--outdir', dir, join(dir, 'letter.docx')], { stdio: 'ignore', timeout: 120_000 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return context.skip('LibreOffice is not on this machine')
      throw error
    }
    // Lines end where the paper's lines end.
    const printed = readFileSync(join(dir, 'letter.txt'), 'utf8').replaceAll(/\r?\n/g, '')
    for (const field of fields) expect(printed).toContain(field)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
})

test('the page never complained', () => {
  expect(complaints).toEqual([])
})
