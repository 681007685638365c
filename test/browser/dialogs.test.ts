/** Dialogs on the smallest screen and in the dark: nothing below the edge, nothing too faint. All names are invented. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { localDay } from '../../electron/doors/env.ts'
import { launchBrowser, openPage, startProgram, type Program } from '../host/browser.ts'
import { draftText } from '../host/letter-office.ts'
import { accessible, bridgeCall, buttonOf, shotsOf } from '../host/window.ts'

let browser: Browser
let program: Program
let page: Page
let complaints: string[]
let id: string
const start = new Date(2026, 6, 20, 9).getTime() - Date.now()
const now = (): number => Date.now() + start
const shot = shotsOf('dialogs')
const call: ReturnType<typeof bridgeCall> = (name, input) => bridgeCall(page)(name, input)

async function open(hash: string, verb: string): Promise<void> {
  await page.evaluate((to) => { location.hash = to }, hash)
  await buttonOf(page, verb).first().click()
  await page.getByRole('dialog').waitFor()
}
async function close(): Promise<void> {
  await buttonOf(page.getByRole('dialog'), '取消').click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}

beforeAll(async () => {
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, now, today: () => localDay(now()) }))
  ;({ page, complaints } = await openPage(browser, program, { dark: true }))
  await call('app.setup', { organ: '某市人民政府办公室', code: '某督函', account: '赵主任', password: 'correct horse' })
  await page.reload()
  const unit = await call('units.save', { id: null, name: '荆河街道办事处', shortName: '荆河', kind: 'township', aliases: [] })
  const post = { id: null, unitId: unit.id, title: '党工委书记', rank: null, isHead: true, portfolio: null, since: null, until: null }
  const person = await call('officials.save', { id: null, name: '钱学林', gender: '男', birth: '1975-03', phone: null, note: null, post })
  const draft = { ...draftText, type: 'interview' as const, replyDays: 0, interview: { at: '2026-07-21T09:00', place: '会议室', talkers: '孙副主任', bring: null } }
  ;({ id } = await call('letters.compose', { type: 'interview', unitId: unit.id, officialId: person.id, matter: '招商引资', cause: '招商引资进展较慢', draft, earlierLetterId: null, stepReason: '直接约谈' }))
  await call('letters.submit', { ids: [id] })
  await call('letters.check', { ids: [id], pass: true })
  await call('letters.issue', { ids: [id], date: '2026-07-16' })
  await call('letters.deliver', { id, at: '2026-07-16T09:30', receiver: '钱学林' })
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`what the window said:\n${await page.locator('body').innerText()}`)
})

test('谈话记录 shows every field at once on 1366 × 768', async () => {
  await open(`#/letters/${id}`, '谈话记录')
  const scrolled = await page.getByRole('dialog').evaluate((box) => [box, ...box.querySelectorAll('*')].filter((one) => one.tagName !== 'TEXTAREA' && ['auto', 'scroll'].includes(getComputedStyle(one).overflowY) && one.scrollHeight > one.clientHeight + 1).map((one) => one.className))
  const box = await page.getByRole('dialog').boundingBox()
  await shot(page, 'minutes')
  expect(scrolled).toEqual([])
  expect(box!.y + box!.height).toBeLessThanOrEqual(768)
  expect(await accessible(page)).toEqual([])
  await close()
})

test.each([['rules', '#/settings/rules', '修改'], ['reserve', '#/settings/numbers', '登记纸质已用文号'], ['recheck', '', '申请复核'], ['void', '', '撤销'], ['close', '', '销号']])('%s can be read in the dark', async (name, hash, verb) => {
  await open(hash === '' ? `#/letters/${id}` : hash, verb)
  await shot(page, name)
  expect(await accessible(page)).toEqual([])
  await close()
  expect(complaints).toEqual([])
})
