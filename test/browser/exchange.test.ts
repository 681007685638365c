/** A whole exchange by clicks between two running programs: enrolment, both directions, one conflict decided, the same digest on both. All names are invented. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Download, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { launchBrowser, openPage, pick, startProgram, type Program } from '../host/browser.ts'
import { accessible, bridgeCall, buttonOf, shotsOf } from '../host/window.ts'

type Window = { readonly program: Program; readonly page: Page; readonly complaints: string[] }
let browser: Browser
let office: Window
let town: Window
const stick = mkdtempSync(join(tmpdir(), 'dutydesk-stick-'))
const password = 'correct horse'

/** Each program runs as if on a machine of its own. */
async function openWindow(machine: string): Promise<Window> {
  const program = await startProgram((env) => ({ ...env, machine, machineParts: [machine] }))
  return { program, ...(await openPage(browser, program)) }
}

beforeAll(async () => {
  browser = await launchBrowser()
  office = await openWindow('督查室一号机')
  town = await openWindow('级索镇一号机')
})
afterAll(async () => {
  await browser?.close()
  await office?.program.close()
  await town?.program.close()
  rmSync(stick, { recursive: true, force: true })
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  for (const { page } of [office, town]) console.error(`what the window said:\n${await page.locator('body').innerText()}`)
})

const shot = shotsOf('exchange')
/** The file on its way through the stick. */
async function downloaded(page: Page, click: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), click()])
  return onStick(file)
}
async function onStick(file: Download): Promise<string> {
  const path = join(stick, file.suggestedFilename())
  await file.saveAs(path)
  return path
}
async function choose(page: Page, verb: string, path: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), buttonOf(page, verb).click()])
  await chooser.setFiles(path)
}
/** 导入 with nothing on the desk: what was taken in before is put away. */
async function emptyDesk({ page }: Window): Promise<void> {
  await goTo(page, '导入')
  const next = buttonOf(page, '再导入一个')
  await next.or(buttonOf(page, '选择交换包')).waitFor()
  if (await next.isVisible()) await next.click()
}
async function goTo(page: Page, tab: string): Promise<void> {
  await page.getByRole('link', { name: '交换', exact: true }).click()
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
}
/** The last group of the code is typed in, as proof that it is on paper. */
async function keepCode(page: Page): Promise<void> {
  const code = await page.locator('.recovery-code').textContent()
  await page.getByLabel('请输入恢复码的最后一组').fill((code ?? '').split('-').at(-1) ?? '')
  await buttonOf(page, '开始使用').click()
}
async function send(from: Window): Promise<string> {
  await goTo(from.page, '导出')
  const again = buttonOf(from.page, '再导出一个')
  const start = buttonOf(from.page, '导出并下载')
  await again.or(start).first().waitFor()
  if (await again.isVisible()) await again.click()
  const path = await downloaded(from.page, () => start.click())
  await from.page.getByText('回读核对无误').waitFor()
  return path
}
async function takeIn(into: Window, path: string): Promise<void> {
  await emptyDesk(into)
  await choose(into.page, '选择交换包', path)
  await buttonOf(into.page, '确认导入').or(buttonOf(into.page, '记下对方的情况')).click()
  await into.page.getByText('导入完成').waitFor()
}
const digest = async ({ page }: Window): Promise<unknown> => bridgeCall(page)('store.digest', {})

let personId = ''
const person = (birth: string, phone: string | null) => ({ id: personId, name: '欧阳㛃娜', gender: '女' as const, birth, phone, note: null })

test('the office is set up; its page 交换 says what to do first', async () => {
  const { page } = office
  await page.getByLabel('机关全称').fill('某市人民政府办公室')
  await page.getByLabel('发文代字').fill('某督函')
  await page.getByLabel('您的姓名').fill('赵主任')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByLabel('再输一遍密码').fill(password)
  await shot(page, 'first-run')
  await buttonOf(page, '建立数据').click()
  await keepCode(page)
  await page.getByRole('heading', { name: '今日' }).waitFor()
  const call = bridgeCall(page)
  const { id: unitId } = await call('units.save', { id: null, name: '级索镇', kind: 'township', shortName: null, aliases: [] })
  personId = (await call('officials.save', { id: null, name: '欧阳㛃娜', gender: '女', birth: '1980-01', phone: null, note: null, post: { id: null, unitId, title: '镇长', rank: null, isHead: true, portfolio: null, since: null, until: null } })).id
  await goTo(page, '总览')
  await page.getByText('本组还没有别的机器').waitFor()
  await shot(page, 'overview-empty')
})

test('a new machine writes its request, the office enrols it, it joins; both see one fingerprint', async () => {
  const { page } = town
  await buttonOf(page, '写加入申请').click()
  await page.getByLabel('本机名称').fill('级索镇一号机')
  await page.getByLabel('您的姓名').fill('钱书记')
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByLabel('再输一遍密码').fill(password)
  await shot(page, 'join-form')
  const request = await downloaded(page, () => buttonOf(page, '写申请文件').click())
  expect(request).toMatch(/加入申请-级索镇一号机\.req$/)
  await keepCode(page)
  await page.getByRole('heading', { name: '等待加入本组' }).waitFor()
  await shot(page, 'join-wait')

  await goTo(office.page, '本组机器')
  await choose(office.page, '选择申请文件', request)
  await office.page.getByText('加入申请-级索镇一号机.req').waitFor()
  await shot(office.page, 'enrol')
  const answer = await downloaded(office.page, () => buttonOf(office.page, '登记并下载答复').click())
  await office.page.getByText('已登记「级索镇一号机」').waitFor()
  await shot(office.page, 'enrolled')
  const fingerprint = await office.page.locator('.done-panel .fingerprint').textContent()

  await choose(page, '选择答复文件', answer)
  await page.getByRole('heading', { name: '已加入本组' }).waitFor()
  await shot(page, 'joined')
  expect(await page.locator('.fingerprint').textContent()).toBe(fingerprint)
  await buttonOf(page, '指纹一样，开始使用').click()
  await page.getByRole('heading', { name: '今日' }).waitFor()
  await page.getByRole('link', { name: '干部' }).click()
  await page.getByText('欧阳㛃娜').waitFor()
})

test('a file that is no package is refused in its own words, and nothing changes', async () => {
  const before = await digest(town)
  await goTo(town.page, '导入')
  const chooser = town.page.waitForEvent('filechooser')
  await buttonOf(town.page, '选择交换包').click()
  await (await chooser).setFiles({ name: '通知.dspk', mimeType: 'application/octet-stream', buffer: Buffer.from('不是交换包'.repeat(2000)) })
  await town.page.getByText('这个文件不是督查台的交换包').waitFor()
  await shot(town.page, 'refused')
  await buttonOf(town.page, '换一个文件').click()
  expect(await digest(town)).toEqual(before)
})

test('edits apart go to the office by stick: tried first, the disagreement announced, then taken in', async () => {
  await bridgeCall(office.page)('officials.save', { ...person('1980-02', '632-5550001'), post: null })
  await bridgeCall(town.page)('officials.save', { ...person('1981-01', null), post: null })
  await bridgeCall(town.page)('units.save', { id: null, name: '级索镇便民服务中心', kind: 'department', shortName: null, aliases: [] })
  const before = await digest(office)
  const path = await send(town)
  await shot(town.page, 'sent')
  await goTo(office.page, '导入')
  await choose(office.page, '选择交换包', path)
  await office.page.getByText('导入后新增 1 处待核对').waitFor()
  await shot(office.page, 'dry-run')
  await office.page.getByText('单位 1 个').waitFor()
  expect(await accessible(office.page)).toEqual([])
  expect(await digest(office)).toEqual(before)
  await buttonOf(office.page, '确认导入').click()
  await office.page.getByText(/导入完成，新增 \d+ 条记录/).waitFor()
  await shot(office.page, 'received')
})

test('what is disputed is marked in its list and on its page, and the mark leads to where it is decided', async () => {
  const { page } = office
  await page.getByRole('link', { name: '干部' }).click()
  const row = page.getByRole('row').filter({ hasText: '欧阳㛃娜' })
  await row.getByRole('button', { name: '待核对' }).waitFor()
  expect(await page.getByRole('button', { name: '待核对' }).count()).toBe(1)
  await shot(page, 'marked')
  expect(await accessible(page)).toEqual([])
  await row.click()
  await page.locator('.page-hint').getByRole('button', { name: '待核对' }).click()
  await page.getByRole('region', { name: '欧阳㛃娜' }).waitFor()
})

test('今日 names the conflict; a person sees both sides and decides, the other side stays in the history', async () => {
  const { page } = office
  await page.getByRole('link', { name: '今日' }).click()
  await page.getByRole('button', { name: '交换待核对' }).click()
  const detail = page.getByRole('region', { name: '欧阳㛃娜' })
  for (const word of ['必须先定', '赵主任', '钱书记', '督查室一号机', '级索镇一号机', '1980-02', '1981-01']) await detail.getByText(word).first().waitFor()
  await shot(page, 'conflict')
  expect(await accessible(page)).toEqual([])
  const column = detail.getByRole('columnheader').filter({ hasText: '钱书记' })
  const side = (await column.locator('.side-name').textContent())!.slice(0, 3)
  await detail.getByRole('button', { name: `保留${side}` }).click()
  await page.getByRole('dialog').getByLabel('说明').fill('以任免文件为准')
  await shot(page, 'decide')
  await buttonOf(page.getByRole('dialog'), '确定保留').click()
  await page.getByText('没有待核对的内容').waitFor()
  await page.getByText('已核对', { exact: true }).click()
  await page.getByText('以任免文件为准').first().waitFor()
  await page.getByText('1980-02').first().waitFor()
  await shot(page, 'decided')
  await page.getByRole('link', { name: '干部' }).click()
  await page.getByRole('row').filter({ hasText: '欧阳㛃娜' }).waitFor()
  expect(await bridgeCall(page)('conflicts.among', { rows: [personId] })).toEqual({ rows: [] })
  expect(await page.getByRole('button', { name: '待核对' }).count()).toBe(0)
  expect(await bridgeCall(page)('officials.get', { id: personId })).toMatchObject({ birth: '1981-01', phone: '632-5550001' })
})

test('back to the township and once more to the office: both end with the same digest and know it of each other', async () => {
  await takeIn(town, await send(office))
  await takeIn(office, await send(town))
  expect(await digest(town)).toEqual(await digest(office))
  expect(await bridgeCall(town.page)('exchange.conflicts', {})).toEqual({ conflicts: [] })
  await goTo(office.page, '总览')
  await office.page.getByRole('button', { name: /^级索镇一号机/ }).waitFor()
  await shot(office.page, 'overview')
  await office.page.getByText('全貌', { exact: true }).click()
  await office.page.getByRole('img', { name: /齐全|缺/ }).waitFor()
  await shot(office.page, 'picture')
  expect(await accessible(office.page)).toEqual([])
})

test('文号: the office numbers, the township waits for numbers until it is lent some', async () => {
  await town.page.evaluate(() => { location.hash = '#/settings/numbers' })
  await town.page.getByText('签发后编号待定，由发号机器补给').waitFor()
  await office.page.evaluate(() => { location.hash = '#/settings/numbers' })
  await pick(office.page, office.page.getByRole('combobox', { name: '借给' }), '级索镇一号机')
  await buttonOf(office.page, '借给一台机器 10 个文号').click()
  await office.page.getByRole('row').filter({ hasText: '级索镇一号机' }).getByText('使用中').waitFor()
  await shot(office.page, 'numbers')
})

test('a backup is written, and taken in again as a merge; a lost machine is switched off', async () => {
  const { page } = office
  await goTo(page, '备份与恢复')
  const path = await downloaded(page, () => buttonOf(page, '备份并下载').click())
  await page.getByText('备份已写好，回读核对无误').waitFor()
  await shot(page, 'backup')
  await choose(page, '选择备份文件', path)
  await buttonOf(page, '确认恢复').click()
  await page.getByText('恢复完成，备份里的记录本机都有').waitFor()
  await goTo(page, '本组机器')
  await page.getByRole('grid', { name: '本组的机器' }).getByRole('button', { name: /停\s*用/ }).click()
  await page.getByRole('dialog').getByLabel('理由').fill('机器丢失')
  await buttonOf(page.getByRole('dialog'), '停用').click()
  await page.getByRole('grid', { name: '本组的机器' }).getByText('已停用').waitFor()
  await shot(page, 'group')
  const refused = await send(town)
  await emptyDesk(office)
  await choose(page, '选择交换包', refused)
  await page.getByText(/做这个交换包的机器“级索镇一号机”已被停用/).waitFor()
  expect([...office.complaints, ...town.complaints]).toEqual([])
})
