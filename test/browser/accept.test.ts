/** 认下 by clicks: what a revoked machine wrote in time and another one brought later is told of, looked at, and counts with a reason. All names are invented. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { unwrap } from '../../shared/result.ts'
import { revokeDevice } from '../../electron/services/exchange/enrol.ts'
import { membership } from '../../electron/services/exchange/keys/key-store.ts'
import { launchBrowser, openPage, startProgram, type Program } from '../host/browser.ts'
import { contextOf, firstOffice, nextOffice, put, take } from '../host/exchange-office.ts'
import { author, clean, password, unitValue } from '../host/store.ts'
import { accessible, bridgeCall, buttonOf, enter, shotsOf } from '../host/window.ts'

let browser: Browser
let program: Program
let page: Page
let complaints: readonly string[]
const shot = shotsOf('accept')

beforeAll(async () => {
  const root = await firstOffice('督查室一号机')
  const lost = await nextOffice(root, '政府办旧机')
  const relay = await nextOffice(root, '政府办二号机')
  for (const one of [lost, relay]) await take(one, await put(root))
  await take(root, await put(lost))
  lost.folder.store.write({ kind: 'units.save', author }, (tx) => tx.put('unit', tx.newId(), 'identity', unitValue('荆河街道')))
  unwrap(revokeDevice({ device: membership(lost.folder.store.local, lost.folder.store.identity).keys.device, reason: '硬盘损坏' }, contextOf(root)))
  await take(relay, await put(lost))
  await take(root, await put(relay))
  for (const one of [lost, relay, root]) one.folder.store.close()
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, machine: root.name, machineParts: ['test'] }), root.folder.dir)
  ;({ page, complaints } = await openPage(browser, program))
  await enter(page, password)
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
  clean()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`what the window said:\n${await page.locator('body').innerText()}`)
})

const unitNames = async (): Promise<string[]> => (await bridgeCall(page)('units.list', { limit: 50 })).items.map((unit) => unit.name)

test('the machine tells of them, the dialog of what would count, and with a reason they count', async () => {
  await page.getByRole('link', { name: '交换', exact: true }).click()
  await page.getByRole('button', { name: /^政府办旧机.*未作数/ }).click()
  await page.getByText('停用后到达、未作数的记录 1 条').waitFor()
  await shot(page, 'drawer')
  expect(await accessible(page)).toEqual([])
  await buttonOf(page, '认下…').click()
  const dialog = page.getByRole('dialog').filter({ hasText: '认下「政府办旧机」的记录' })
  for (const text of ['将要作数的记录 1 条', '单位 1 个']) await dialog.getByText(text).waitFor()
  await dialog.getByText('只有逐条核实、确属如实办理的记录才能认下').waitFor()
  expect([await buttonOf(dialog, '认下').isDisabled(), await unitNames()]).toEqual([true, []])
  await dialog.getByLabel('理由').fill('停用前在该机办理，已与经办人核对')
  await shot(page, 'dialog')
  expect(await accessible(page)).toEqual([])
  await buttonOf(dialog, '认下').click()
  await page.getByText('已认下 1 条记录').waitFor()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('停用后到达、未作数的记录').waitFor({ state: 'detached' })
  expect(await unitNames()).toEqual(['荆河街道'])
  await shot(page, 'done')
  expect(complaints).toEqual([])
})
