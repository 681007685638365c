/** 复核 by clicks: asked for in time, seen in 今日, decided by another account; 撤销 withdraws the letter and leads to the 澄清函. All names are invented. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { localDay } from '../../electron/doors/env.ts'
import { launchBrowser, openPage, pick, startProgram, type Program } from '../host/browser.ts'
import { draftText } from '../host/letter-office.ts'
import { accessible, bridgeCall, buttonOf, shotsOf } from '../host/window.ts'

let browser: Browser
let program: Program
let page: Page
let complaints: string[]
let id: string
let days = 0
const start = new Date(2026, 6, 20, 9).getTime() - Date.now()
const now = (): number => Date.now() + start + days * 86_400_000
const password = 'correct horse'

const shot = shotsOf('recheck')
const call: ReturnType<typeof bridgeCall> = (name, input) => bridgeCall(page)(name, input)
const button = (name: string): Locator => buttonOf(page, name)
const dialog = (): Locator => page.getByRole('dialog')
const press = async (word: string): Promise<void> => {
  await buttonOf(dialog(), word).last().click()
  await dialog().waitFor({ state: 'hidden' })
}
const panel = (): Locator => page.locator('.panel').filter({ has: page.getByRole('heading', { name: '复核', exact: true }) })
async function setDate(field: Locator, day: string): Promise<void> {
  await field.fill(day)
  await field.press('Enter')
}

beforeAll(async () => {
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, now, today: () => localDay(now()) }))
  ;({ page, complaints } = await openPage(browser, program))
  await call('app.setup', { organ: '某市人民政府办公室', code: '某督函', account: '赵主任', password })
  await page.reload()
  const unit = await call('units.save', { id: null, name: '荆河街道办事处', shortName: '荆河', kind: 'township', aliases: [] })
  const post = { id: null, unitId: unit.id, title: '党工委书记', rank: null, isHead: true, portfolio: null, since: null, until: null }
  const person = await call('officials.save', { id: null, name: '钱学林', gender: '男', birth: '1975-03', phone: null, note: null, post })
  ;({ id } = await call('letters.compose', { type: 'reminder', unitId: unit.id, officialId: person.id, matter: '重点项目', cause: '重点项目建设进度滞后', draft: draftText, earlierLetterId: null }))
  await call('letters.submit', { ids: [id] })
  await call('letters.check', { ids: [id], pass: true })
  await call('letters.issue', { ids: [id], date: '2026-07-06' })
  await call('letters.deliver', { id, at: '2026-07-08T09:30', receiver: '钱学林' })
  await call('accounts.create', { name: '孙副主任', password, roles: ['issue'] })
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`what the window said:\n${await page.locator('body').innerText()}`)
})

test('a request is entered with its scan; behind the last day the form says so before anything is saved', async () => {
  await page.evaluate((to) => { location.hash = to }, `#/letters/${id}`)
  await panel().getByText('2026-08-07').waitFor()
  await button('申请复核').click()
  await dialog().getByText('申请最迟 2026-08-07 提出').waitFor()
  await dialog().getByLabel('申请理由').fill('6月底投资完成率应为45%，原通报有误。\n附投资凭证。')
  await setDate(dialog().getByLabel('申请日期'), '2026-08-08')
  await dialog().getByText('2026-08-07 之后的申请不再受理').waitFor()
  expect(await buttonOf(dialog(), '申请复核').isDisabled()).toBe(true)
  await setDate(dialog().getByLabel('申请日期'), '2026-07-20')
  const chooser = page.waitForEvent('filechooser')
  await dialog().getByRole('button', { name: '添加扫描件' }).click()
  await (await chooser).setFiles({ name: '复核申请书.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 scan') })
  await dialog().getByText('复核申请书.pdf').waitFor()
  expect(await accessible(page)).toEqual([])
  await shot(page, 'ask')
  await press('申请复核')
  for (const text of ['复核中', '最迟 2026-08-19 决定', '复核申请书.pdf', '附投资凭证。', '须由起草、审核、签发以外、有签发角色的人决定。']) await panel().getByText(text).first().waitFor()
  expect([await button('申请复核').count(), await button('复核决定').count()]).toEqual([0, 0])
  await page.locator('.timeline').getByText('申请复核').waitFor()
  await shot(page, 'asked')
})

test('another account finds it in 今日, overdue, and decides: 撤销 withdraws the letter, and the 澄清函 comes next', async () => {
  days = 32
  await call('session.logout', {})
  await page.reload()
  await pick(page, page.getByLabel('账号'), '孙副主任')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await button('登录').click()
  await page.getByRole('link', { name: '今日' }).click()
  await page.getByRole('button', { name: /复核逾期/ }).waitFor()
  await page.locator('.panel').filter({ hasText: '待决定的复核' }).getByText('逾期 2 天').waitFor()
  await shot(page, 'today')
  await page.getByRole('button', { name: /待复核/ }).click()
  await page.getByRole('row').filter({ hasText: '钱学林' }).waitFor()
  await shot(page, 'list')
  await page.getByRole('row').filter({ hasText: '钱学林' }).click()
  await page.getByText('复核逾期 2 天').first().waitFor()
  await button('复核决定').click()
  await dialog().getByText('钱学林于 2026-07-20 申请复核，最迟 2026-08-19 决定。').waitFor()
  await dialog().getByLabel('理由').fill('经查投资凭证，原通报数据有误。')
  expect(await buttonOf(dialog(), '复核决定').isDisabled()).toBe(true)
  await dialog().getByText('撤销', { exact: true }).click()
  await dialog().getByText('函件随即撤销').waitFor()
  expect(await accessible(page)).toEqual([])
  await shot(page, 'decide')
  await press('复核决定')
  await page.getByText('已撤销').first().waitFor()
  await panel().getByText('孙副主任').waitFor()
  await page.locator('.timeline').getByText('复核决定').waitFor()
  await shot(page, 'decided')
  expect(await call('letters.get', { id })).toMatchObject({ state: 'void', voidReason: '复核决定撤销：经查投资凭证，原通报数据有误。', rechecks: [{ outcome: '撤销', decidedOn: '2026-08-21', decidedBy: '孙副主任' }] })
  expect(await button('澄清').getAttribute('class')).toContain('primary')
  await button('澄清').click()
  await page.getByText('关联函件：某督函〔2026〕1号').waitFor()
  expect(complaints).toEqual([])
})
