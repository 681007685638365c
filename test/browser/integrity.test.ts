/** Rules between rows that two machines broke together, as 待核对 shows them and a person settles them. All names are invented. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { membership } from '../../electron/services/exchange/keys/key-store.ts'
import { appointFirst } from '../../electron/services/letters/number-authority.ts'
import { joinOfficials, saveOfficial } from '../../electron/services/people/officials.ts'
import { removeUnit, saveUnit } from '../../electron/services/people/units.ts'
import { putSettings } from '../../electron/services/settings.ts'
import { unwrap } from '../../shared/result.ts'
import { launchBrowser, openPage, startProgram, type Program } from '../host/browser.ts'
import { contextOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../host/exchange-office.ts'
import { day, department, putPeople } from '../host/letter-office.ts'
import { author, clean, password } from '../host/store.ts'
import { accessible, buttonOf, enter, shotsOf } from '../host/window.ts'

let browser: Browser
let program: Program
let page: Page
let complaints: readonly string[]
let offices: readonly Office[] = []
const shot = shotsOf('integrity')
const taskforce = 'unit-zhuanban'

/** Removed and used, one short name for two units, joined into one another, lent twice. */
async function apart(): Promise<void> {
  const a = await firstOffice('督查室一号机')
  const second = await nextOffice(a, '政府办二号机')
  offices = [a, second]
  a.folder.store.write({ kind: 'test.people', author }, (tx) => {
    putSettings(tx, { organ: '中共滕州市委办公室', code: '滕督函' })
    putPeople(tx)
    tx.put('unit', taskforce, 'identity', { name: '攻坚专班', kind: 'taskforce' })
    appointFirst(tx, { device: membership(a.folder.store.local, a.folder.store.identity).keys.device, origin: a.folder.store.identity.origin, today: day, accountId: author })
  })
  await take(second, await put(a))
  const rename = (office: Office, id: string, name: string, shortName: string): void => void unwrap(saveUnit({ id, name, kind: 'department', shortName, aliases: [] }, contextOf(office)))
  unwrap(removeUnit({ id: taskforce, reason: '撤并' }, contextOf(a)))
  unwrap(saveOfficial({ id: null, name: '周建国', gender: '男', birth: '1980-01', phone: null, note: null, namesakeConfirmed: false, post: { id: null, unitId: taskforce, title: '副主任', rank: null, isHead: false, portfolio: null, since: '2026-01', until: null } }, contextOf(second)))
  rename(a, department, '市发展和改革局', '改革办')
  unwrap(saveUnit({ id: null, name: '市委改革办公室', kind: 'department', shortName: '改革办', aliases: [] }, contextOf(second)))
  unwrap(joinOfficials({ id: 'zhao', into: 'qian', reason: '同一人' }, contextOf(a)))
  unwrap(joinOfficials({ id: 'qian', into: 'zhao', reason: '同一人' }, contextOf(second)))
  const lend = (office: Office, to: Office, toSeq: number): void => office.folder.store.write({ kind: 'numbers.lease', author }, (tx) => {
    const { store } = to.folder
    tx.put('numberLease', tx.newId(), 'lease', { series: '滕督函', year: 2026, fromSeq: 1, toSeq, device: membership(store.local, store.identity).keys.device, origin: store.identity.origin, grantedOn: day, grantedBy: author })
  })
  lend(a, second, 10)
  lend(second, a, 20)
  await exchangeAll(offices)
}

beforeAll(async () => {
  await apart()
  const second = offices[1]!
  second.folder.store.close()
  browser = await launchBrowser()
  program = await startProgram((env) => ({ ...env, machine: second.name, machineParts: ['test'] }), second.folder.dir)
  ;({ page, complaints } = await openPage(browser, program))
  await enter(page, password)
  await page.getByRole('link', { name: '交换', exact: true }).click()
  await page.getByRole('tab', { name: /^待核对/ }).click()
})
afterAll(async () => {
  await browser?.close()
  await program?.close()
  offices[0]?.folder.store.close()
  clean()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') console.error(`what the window said:\n${await page.locator('body').innerText()}`)
})

async function keep(verb: string): Promise<void> {
  await buttonOf(page, verb).first().click()
  await buttonOf(page, '确定保留').click()
  await page.getByText(/已定下/).first().waitFor()
}
const rowOf = (text: string) => page.getByRole('row').filter({ hasText: text }).first()

test('each says in plain words what it is and what the choice does; only what can stand can be taken', async () => {
  for (const [row, said] of [['攻坚专班', '还在用它'], ['改革办', '认不出是哪一个'], ['干部被互相合并', '现在都不再列出'], ['文号段有相同的号', '先不发号']] as const) {
    await rowOf(row).click()
    await page.getByText(said).waitFor()
    await shot(page, `conflict-${row}`)
    expect(await accessible(page)).toEqual([])
  }
  await rowOf('删除了还在用的').click()
  await page.getByText('在任干部（名）').waitFor()
  expect(await buttonOf(page, '按删除办').count()).toBe(0)
  await keep('保留，不删除')
  await rowOf('干部被互相合并').click()
  await keep('保留这次合并')
  await keep('保留这个号段')
  // What is left is ended where the names are.
  await buttonOf(page, '查看单位').or(page.getByRole('link', { name: '查看单位' })).first().click()
  await page.getByRole('heading', { name: /改革办公室|发展和改革局/ }).first().waitFor()
  expect(complaints).toEqual([])
})

test('what was decided is seen in the lists', async () => {
  await page.getByRole('link', { name: '单位', exact: true }).click()
  await page.getByText('攻坚专班').first().waitFor()
  await page.getByRole('link', { name: '干部', exact: true }).click()
  await page.getByText('周建国').first().waitFor()
  await page.getByText(/赵明远|钱学林/).first().waitFor()
  await shot(page, 'officials')
})
