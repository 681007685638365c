/** What goes wrong between machines, by clicks: records that are missing, asked for and given up; a disagreement written anew; everything lost and brought back. All names are invented. */
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { unwrap } from '../../shared/result.ts'
import { prepareGroup } from '../../electron/services/exchange/found.ts'
import { packVector } from '../../electron/services/exchange/format/packed-vector.ts'
import { answer } from '../../electron/services/exchange/gap-files.ts'
import { membership } from '../../electron/services/exchange/keys/key-store.ts'
import { backup } from '../../electron/services/exchange/use-cases.ts'
import { launchBrowser, openPage, startProgram, type Program } from '../host/browser.ts'
import { firstOffice, nextOffice, put, take, workOf, type Office } from '../host/exchange-office.ts'
import { author, clean, password, tempDir, testEnv, unitValue } from '../host/store.ts'
import { accessible, bridgeCall, buttonOf, enter, shotsOf } from '../host/window.ts'

let browser: Browser
let first: Office
let program: Program
let page: Page
let complaints: readonly string[]
const lost: { program?: Program; complaints: readonly string[] } = { complaints: [] }
const stick = tempDir()
const shot = shotsOf('troubles')
const [jinghe, longquan, beixin] = ['01920000-0000-7000-8000-00000000aaaa', '01920000-0000-7000-8000-00000000bbbb', '01920000-0000-7000-8000-00000000cccc']

const rename = ({ folder }: Office, id: string, name: string): void => folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', id, 'identity', unitValue(name)))
const report = ({ folder }: Office, unitId: string, item: string): void =>
  folder.store.write({ kind: 'bulletins.import', author }, (tx) => tx.put('report', tx.newId(), 'content', { kind: 'air', period: '2026-06', unitId, officialId: null, item, figures: {}, remark: null }, unitId))

/** The second machine lacks two stretches of what the first one wrote, and disagrees with it over a name. */
async function apart(): Promise<Office> {
  first = await firstOffice('督查室一号机')
  const second = await nextOffice(first, '政府办二号机')
  for (const [id, name] of [[jinghe, '荆河街道'], [longquan, '龙泉街道'], [beixin, '北辛街道']] as const) rename(first, id, name)
  await take(second, await put(first))
  for (const id of [jinghe, longquan]) report(first, id, '一月')
  const { store } = second.folder
  first.folder.store.exchange.setPeer({ device: membership(store.local, store.identity).keys.device, origin: store.identity.origin, vector: JSON.stringify(packVector(first.folder.store.log.tips())), seen: 1, package: 'x' })
  first.env.clock += 60 * 24 * 60 * 60 * 1000
  for (const id of [jinghe, longquan]) report(first, id, '二月')
  rename(first, beixin, '北辛街道办事处')
  rename(second, beixin, '北辛街办')
  await take(second, await put(first, false))
  return second
}

beforeAll(async () => {
  const second = await apart()
  second.folder.store.close()
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, machine: second.name, machineParts: ['test'] }), second.folder.dir)
  ;({ page, complaints } = await openPage(browser, program))
  await enter(page, password)
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
  await lost.program?.close()
  first?.folder.store.close()
  clean()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`what the window said:\n${await page.locator('body').innerText()}`)
})

async function goTo(tab: string): Promise<void> {
  await page.getByRole('link', { name: '交换', exact: true }).click()
  await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click()
}
async function choose(at: Page, verb: string, path: string): Promise<void> {
  const [chooser] = await Promise.all([at.waitForEvent('filechooser'), buttonOf(at, verb).click()])
  await chooser.setFiles(path)
}

const gapOf = (unit: string): Locator => page.getByRole('listitem').filter({ hasText: `缺「督查室一号机」写的${unit}的第 1 条` })

test('what is missing is named by machine and numbers; one stretch is given up with a reason, and what waited behind it counts', async () => {
  await goTo('总览')
  await page.getByText('有 2 条记录在等前面的记录').waitFor()
  for (const unit of ['荆河街道', '龙泉街道']) await gapOf(unit).waitFor()
  await shot(page, 'gap')
  expect(await accessible(page)).toEqual([])
  await buttonOf(gapOf('荆河街道'), '确认丢失').click()
  const dialog = page.getByRole('dialog')
  expect(await buttonOf(dialog, '确认丢失').isDisabled()).toBe(true)
  await dialog.getByLabel('理由').fill('已问过各机器，原机器硬盘损坏')
  await shot(page, 'gap-ack')
  await buttonOf(dialog, '确认丢失').click()
  await page.getByText('有 1 条记录在等前面的记录').waitFor()
  expect([await gapOf('荆河街道').count(), await gapOf('龙泉街道').count()]).toEqual([0, 1])
})

test('the other is asked for by a file, answered by the machine that has it, and taken in', async () => {
  const [file] = await Promise.all([page.waitForEvent('download'), buttonOf(page, '生成补发申请').click()])
  const [request, reply] = [join(stick, file.suggestedFilename()), join(stick, '补发.dspk')]
  expect(file.suggestedFilename()).toMatch(/^补发申请-.*\.req$/)
  await file.saveAs(request)
  await page.getByText('已存为').waitFor()
  expect(unwrap(await answer({ name: 'answer', from: { path: request, place: 'stick' }, target: reply, place: 'stick' }, workOf(first)))).toMatchObject({ changes: 1 })
  await goTo('导入')
  await choose(page, '选择交换包', reply)
  await buttonOf(page, '确认导入').click()
  await page.getByText(/导入完成，新增 \d+ 条记录/).waitFor()
  await goTo('总览')
  await page.getByRole('button', { name: /^督查室一号机/ }).waitFor()
  expect(await page.getByText('在等前面的记录').count()).toBe(0)
  expect(await bridgeCall(page)('exchange.status', {})).toMatchObject({ parked: 0, gaps: [] })
})

test('neither side is right: a third text is written anew, and stands for both', async () => {
  await goTo('待核对')
  const detail = page.getByRole('region', { name: /^北辛/ })
  await detail.getByText('政府办二号机').first().waitFor()
  await buttonOf(detail, '重新填写').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('单位名称').fill('')
  expect(await buttonOf(dialog, '保存这一份').isDisabled()).toBe(true)
  await dialog.getByLabel('单位名称').fill('滕州市北辛街道办事处')
  await dialog.getByLabel('说明').fill('以批复为准')
  await shot(page, 'anew')
  expect(await accessible(page)).toEqual([])
  await buttonOf(dialog, '保存这一份').click()
  await page.getByText('没有待核对的内容').waitFor()
  expect(await bridgeCall(page)('exchange.conflicts', {})).toEqual({ conflicts: [] })
  const { items } = await bridgeCall(page)('units.list', { limit: 50 })
  expect(items.map((unit) => unit.name)).toContain('滕州市北辛街道办事处')
  await page.getByText('已核对', { exact: true }).click()
  await page.getByText('以批复为准').first().waitFor()
  await shot(page, 'anew-decided')
})

test('the screens of 交换 in the dark', async () => {
  await page.emulateMedia({ colorScheme: 'dark' })
  for (const [at, tab] of ['总览', '导出', '导入', '待核对', '备份与恢复', '本组机器'].entries()) {
    await goTo(tab)
    await page.getByRole('tab', { name: new RegExp(`^${tab}`), selected: true }).waitFor()
    expect([tab, await accessible(page)]).toEqual([tab, []])
    await shot(page, `dark-${at}`)
  }
  expect(complaints).toEqual([])
})

test('everything is lost: on an empty machine the backup and the printed key bring it back, and a wrong key says so', async () => {
  const file = join(stick, '备份.dspk')
  unwrap(await backup({ name: 'backup', target: file, place: 'stick' }, workOf(first)))
  // The key that was printed when the group was made: repeatable here, as all random bytes of the tests are.
  const { made } = await prepareGroup({ ...testEnv('督查室一号机'), version: '', machine: '' })
  lost.program = await startProgram((env) => ({ ...env, machine: '新机器', machineParts: ['new'] }))
  const opened = await openPage(browser, lost.program)
  lost.complaints = opened.complaints
  const fresh = opened.page
  await buttonOf(fresh, '写加入申请').click()
  await fresh.getByLabel('本机名称').fill('督查室新机')
  await fresh.getByLabel('您的姓名').fill('孙主任')
  await fresh.getByLabel('密码', { exact: true }).fill(password)
  await fresh.getByLabel('再输一遍密码').fill(password)
  await Promise.all([fresh.waitForEvent('download'), buttonOf(fresh, '写申请文件').click()])
  const code = await fresh.locator('.recovery-code').textContent()
  await fresh.getByLabel('请输入恢复码的最后一组').fill((code ?? '').split('-').at(-1) ?? '')
  await buttonOf(fresh, '开始使用').click()
  await buttonOf(fresh, '原来的机器坏了？用备份和托管密钥恢复').click()
  await fresh.getByLabel('托管密钥').fill('AGE-SECRET-KEY-1WRONG')
  await choose(fresh, '选择备份文件', file)
  await fresh.getByText('托管密钥不对').waitFor()
  await shot(fresh, 'recover-wrong')
  await fresh.getByLabel('托管密钥').fill(made.escrowIdentity)
  await choose(fresh, '选择备份文件', file)
  await fresh.getByText(/恢复了 \d+ 条记录/).waitFor()
  await shot(fresh, 'recovered')
  await buttonOf(fresh.getByRole('dialog'), '开始使用').click()
  await fresh.getByRole('heading', { name: '今日' }).waitFor()
  const { items } = await bridgeCall(fresh)('units.list', { limit: 50 })
  expect(items.map((unit) => unit.name)).toEqual(expect.arrayContaining(['荆河街道', '龙泉街道', '北辛街道办事处']))
  expect(await bridgeCall(fresh)('exchange.status', {})).toMatchObject({ state: 'member', canEnrol: true })
  expect(lost.complaints).toEqual([])
})
