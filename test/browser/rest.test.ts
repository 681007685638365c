/** What the main way does not click: settings, accounts, joining two records of one person, a letter's side steps, taking a batch back, columns by hand, cancel, recovery. All names are invented. */
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { localDay } from '../../electron/doors/env.ts'
import { launchBrowser, openPage, pick, startProgram, type Program } from '../host/browser.ts'
import { draftText } from '../host/letter-office.ts'
import { sampleDir } from '../host/sample.ts'
import { bridgeCall, buttonOf, shotsOf } from '../host/window.ts'

let browser: Browser
let program: Program
let page: Page
let complaints: string[]
let recoveryCode = ''
const start = new Date(2026, 6, 6, 9).getTime() - Date.now()
const now = (): number => Date.now() + start
const password = 'correct horse'

beforeAll(async () => {
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, now, today: () => localDay(now()) }))
  ;({ page, complaints } = await openPage(browser, program))
  recoveryCode = (await call('app.setup', { organ: '某市人民政府办公室', code: '某督函', account: '赵主任', password })).recoveryCode
  await page.reload()
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`what the window said:\n${await page.locator('body').innerText()}`)
})

const shot = shotsOf('rest')
const call: ReturnType<typeof bridgeCall> = (name, input) => bridgeCall(page)(name, input)
const button = (name: string): Locator => buttonOf(page, name)
const dialog = (): Locator => page.getByRole('dialog')
const press = async (word: string): Promise<void> => buttonOf(dialog(), word).last().click()
async function go(hash: string): Promise<void> {
  await page.evaluate((to) => { location.hash = to }, hash)
}
async function upload(verb: string, files: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await button(verb).first().click()
  await (await chooser).setFiles(files as string)
}
/** A date field takes typed text. */
async function setDate(field: Locator, day: string): Promise<void> {
  await field.fill(day)
  await field.press('Enter')
}

test('设置 saves, and asks before changes are left behind', async () => {
  await go('#/settings/organ')
  await page.getByLabel('书面说明期限（工作日）').fill('10')
  await page.getByLabel('联系人').fill('孙科长')
  await page.getByRole('link', { name: '今日' }).click()
  await dialog().getByText('离开后修改会丢失。').waitFor()
  await press('留在本页')
  await button('保存').click()
  await page.getByText('设置已保存').waitFor()
  expect(await call('settings.get', {})).toMatchObject({ replyWorkingDays: 10, contactName: '孙科长' })
  await go('#/settings/calendar')
  await button('导入年度').click()
  await dialog().getByLabel('年度').fill('2027')
  await dialog().getByLabel('放假日').fill('2027-01-01\n2027-02-05 至 2027-02-11')
  await press('保存')
  await dialog().waitFor({ state: 'hidden' })
  expect((await call('calendar.list', {})).find((one) => one.year === 2027)).toMatchObject({ builtIn: false, holidays: expect.arrayContaining(['2027-01-01', '2027-02-08']) })
  await go('#/settings/rules')
  await page.getByRole('row').filter({ hasText: 'R1' }).getByRole('button', { name: /修\s*改/ }).click()
  await dialog().getByLabel('连续月数').fill('4')
  await dialog().getByLabel('修改说明').fill('试行四个月')
  await press('保存')
  await page.getByText('规则已保存为新版本').waitFor()
  expect((await call('rules.list', {})).find((rule) => rule.id === 'R1')).toMatchObject({ version: 2, params: { months: 4 } })
})

test('账号: added, the password reset, switched off; the last administrator cannot be', async () => {
  await go('#/settings/accounts')
  await button('新增账号').click()
  await dialog().getByLabel('姓名').fill('李文')
  await dialog().getByLabel('密码', { exact: true }).fill('battery staple')
  await dialog().getByLabel('再输一遍密码').fill('battery staple')
  await press('保存')
  const row = page.getByRole('row').filter({ hasText: '李文' })
  await row.getByRole('button', { name: '重设密码' }).click()
  await dialog().getByLabel('密码', { exact: true }).fill('another horse')
  await dialog().getByLabel('再输一遍密码').fill('another horse')
  await press('保存')
  await page.getByText('密码已重设').waitFor()
  await dialog().waitFor({ state: 'hidden' })
  await row.getByRole('button', { name: '修改权限' }).click()
  await dialog().getByText('停用', { exact: true }).click()
  await press('保存')
  await row.getByText('已停用').waitFor()
  await page.getByRole('row').filter({ hasText: '赵主任' }).getByRole('button', { name: '修改权限' }).click()
  await dialog().getByText('停用', { exact: true }).click()
  await press('保存')
  await dialog().getByText('这是最后一个能登录的管理员').waitFor()
  await press('取消')
  await shot(page, 'accounts')
})

test('干部: two records of one person are joined after a check, and taken apart again', async () => {
  for (const [unit, birth] of [['级索镇', '1980-01'], ['荷叶镇', '1980-02']] as const) {
    const { id: unitId } = await call('units.save', { id: null, name: unit, kind: 'township', shortName: null, aliases: [] })
    await call('officials.save', { id: null, name: '欧阳㛃娜', gender: '女', birth, phone: null, note: null, post: { id: null, unitId, title: '镇长', rank: null, isHead: true, portfolio: null, since: null, until: null } })
  }
  const [keep] = (await call('officials.list', { query: '欧阳㛃娜' })).items
  await go(`#/officials/${keep!.id}`)
  await button('合并为同一人').click()
  await dialog().getByLabel('理由').fill('调任，核对任免文件')
  expect(await buttonOf(dialog(), '合并').isDisabled()).toBe(true)
  await dialog().getByText('我已核对单位、职务和出生年月').click()
  await shot(page, 'join')
  await press('合并')
  await page.getByText('已合并的记录').waitFor()
  expect((await call('officials.list', { query: '欧阳㛃娜' })).total).toBe(1)
  await button('撤销合并').click()
  await dialog().getByLabel('理由').fill('不是同一人')
  await press('撤销合并')
  await button('合并为同一人').waitFor()
  expect((await call('officials.list', { query: '欧阳㛃娜' })).total).toBe(2)
})

async function issuedLetter(): Promise<{ id: string; number: string }> {
  const [person] = (await call('officials.list', { query: '欧阳㛃娜' })).items
  const { id } = await call('letters.compose', { type: 'reminder', unitId: person!.unitId!, officialId: person!.id, matter: '重点项目', cause: '进展较慢', draft: draftText, earlierLetterId: null })
  await call('letters.submit', { ids: [id] })
  await call('letters.check', { ids: [id], pass: true })
  await call('letters.issue', { ids: [id], date: '2026-07-06' })
  return { id, number: (await call('letters.get', { id })).number! }
}

test('函件: the deadline is extended, a letter is withdrawn with its number kept, and clarified', async () => {
  const { id, number } = await issuedLetter()
  await call('letters.deliver', { id, at: '2026-07-06T09:30', receiver: '本人' })
  await go(`#/letters/${id}`)
  await button('延期').click()
  await setDate(dialog().getByLabel('新期限'), '2026-08-31')
  await dialog().getByLabel('理由').fill('汛期抢险')
  await shot(page, 'extend')
  await press('延期')
  await page.getByText('已延期').first().waitFor()
  await dialog().waitFor({ state: 'hidden' })
  expect((await call('letters.get', { id })).replyDue).toBe('2026-08-31')
  await button('澄清').click()
  await page.getByRole('heading', { name: '新建函件' }).waitFor()
  await page.getByText(`关联函件：${number}`).waitFor()
  await page.getByLabel('查明的情况').fill('经复核，该事项已按期办结。')
  await page.getByLabel('重点工作').fill('重点项目')
  await page.getByLabel('事由').fill('情况澄清')
  await shot(page, 'clarify')
  await button('生成草稿').click()
  await button('删除草稿').waitFor()
  await go(`#/letters/${id}`)
  await button('撤销').click()
  await dialog().getByLabel('理由').fill('事实有误')
  await press('撤销')
  await page.getByText('已撤销').first().waitFor()
  expect(await call('letters.get', { id })).toMatchObject({ state: 'void', number, voidReason: '事实有误' })
})

test('文号: numbers used on paper are proposed from the next free one on', async () => {
  await go('#/settings/numbers')
  await button('登记纸质已用文号').click()
  for (const name of ['从第', '到第']) expect(await dialog().getByLabel(name).inputValue()).toBe('2')
  await dialog().getByLabel('从第').fill('5')
  await dialog().getByLabel('从第').press('Tab')
  expect(await dialog().getByLabel('到第').inputValue()).toBe('5')
  await dialog().getByLabel('理由').fill('上半年纸质函件')
  await press('保存')
  await dialog().waitFor({ state: 'hidden' })
  expect(await call('numbers.overview', { year: 2026 })).toMatchObject({ nextSeq: 6 })
})

test('通报: a column is mapped by hand, the batch is imported, and taken back as a whole', async () => {
  await go('#/bulletins?tab=import')
  await upload('选择文件', join(sampleDir, '01-单位名册.xlsx'))
  await button('确认导入').click()
  await page.locator('.file-state', { hasText: '已导入' }).waitFor()
  await button('清除已完成').click()
  await upload('选择文件', { name: '2026年6月督查事项.csv', mimeType: 'text/csv', buffer: Buffer.from('督查事项\n事项编号,交办日期,来源,交办的活,主责单位,责任人,办结时限,进展情况,状态\nA1,2026-06-01,会议,整治河道,级索镇,欧阳㛃娜,2026-06-20,正在推进,在办\n') })
  await page.locator('.file-state', { hasText: '不能导入' }).waitFor()
  await pick(page, page.getByLabel(/交办的活」识别为/), '事项内容')
  await page.locator('.file-state', { hasText: '可导入' }).waitFor()
  await page.getByRole('region', { name: '可用的行' }).getByText('整治河道').waitFor()
  await shot(page, 'mapping')
  await button('确认导入').click()
  await page.locator('.file-state', { hasText: '已导入' }).waitFor()
  await go('#/bulletins?tab=batches')
  await page.getByRole('row').filter({ hasText: '2026年6月督查事项.csv' }).click()
  await button('撤销导入').click()
  await page.getByLabel('理由').fill('报送单位撤回')
  await buttonOf(page.locator('.ant-modal'), '撤销导入').click()
  await page.getByText(/已撤销，1 条报告退出/).waitFor()
  expect((await call('reports.list', { kind: 'tasks' })).total).toBe(0)
})

test('a running job is cancelled and leaves nothing; the program goes on', async () => {
  const rows = Array.from({ length: 60_000 }, (_, index) => `X${index},2026-06-01,会议,第${index}项,级索镇,欧阳㛃娜,2026-06-20,正在推进,在办`)
  await go('#/bulletins?tab=import')
  await button('清除已完成').click()
  await upload('选择文件', { name: '2026年5月督查事项.csv', mimeType: 'text/csv', buffer: Buffer.from(`督查事项\n事项编号,交办日期,来源,事项内容,主责单位,责任人,办结时限,进展情况,状态\n${rows.join('\n')}\n`) })
  await page.locator('.job-progress').getByRole('button', { name: /取\s*消/ }).click()
  await page.getByText('已取消，没有写入任何内容。').waitFor()
  await shot(page, 'cancelled')
  await button('移除').click()
  expect((await call('reports.list', { kind: 'tasks' })).total).toBe(0)
})

test('a forgotten password: the printed code opens the folder and sets a new one', async () => {
  await button('锁定').first().click()
  await page.getByRole('button', { name: '忘记密码' }).click()
  await page.getByLabel('恢复码').fill('一二三四')
  await page.getByLabel('新密码', { exact: true }).fill('new horse 77')
  await page.getByLabel('再输一遍新密码').fill('new horse 77')
  await button('重设并登录').click()
  await page.getByRole('alert').waitFor()
  await shot(page, 'recover-wrong')
  await page.getByLabel('恢复码').fill(recoveryCode)
  await button('重设并登录').click()
  await page.getByRole('link', { name: '今日' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
  await button('锁定').first().click()
  await page.getByLabel('密码', { exact: true }).fill('new horse 77')
  await button('登录').click()
  await page.getByRole('link', { name: '今日' }).click()
  expect(complaints).toEqual([])
})
