import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EntryName, InputOf, OutputOf } from '../../../shared/contract/entries.ts'
import type { Role } from '../../../shared/domain/roles.ts'
import { ok, unwrap, type Result } from '../../../shared/result.ts'
import { createBackend } from '../../../electron/rpc/backend.ts'
import { dispatch } from '../../../electron/rpc/dispatch.ts'
import { putSettings } from '../../../electron/services/settings.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { testEnv, type TestEnv } from '../../host/backends.ts'

const password = 'correct horse'
const other = 'battery staple'

function door(env: TestEnv) {
  const backend = createBackend(env, { checkOutput: true })
  const ask = async <N extends EntryName>(name: N, input: InputOf<N>) => (await dispatch(name, input, backend)) as Result<OutputOf<N>>
  const must = async <N extends EntryName>(name: N, input: InputOf<N>) => unwrap(await ask(name, input))
  const code = async <N extends EntryName>(name: N, input: InputOf<N>) => {
    const answer = await ask(name, input)
    return answer.ok ? 'ok' : answer.error.code
  }
  return { backend, ask, must, code, logIn: (account = '甲', given = password) => code('session.login', { account, password: given }) }
}

async function office(env = testEnv()) {
  const one = door(env)
  const made = await one.must('app.setup', { organ: '某市督查室', code: '督', account: '甲', password })
  return { env, ...one, recoveryCode: made.recoveryCode }
}

describe('first run', () => {
  it('makes the folder, logs the first account in with all roles, and is done once', async () => {
    const { env, must, code } = await office()
    expect(await must('app.status', {})).toMatchObject({ state: 'open', organ: '某市督查室', accounts: ['甲'], session: { name: '甲', roles: ['enter', 'check', 'issue', 'read', 'admin'] }, demo: false })
    expect(await must('settings.get', {})).toMatchObject({ organ: '某市督查室', code: '督', unit: null, replyWorkingDays: 15, guardDays: 30 })
    expect(await code('app.setup', { organ: '另一机关', code: '督', account: '乙', password })).toBe('ALREADY_SET_UP')
    expect(await door(env).must('app.status', {})).toMatchObject({ state: 'locked', organ: null, accounts: ['甲'], session: null })
  })

  it('refuses weak passwords and texts with invisible characters before it makes anything', async () => {
    const { code, must } = door(testEnv())
    for (const weak of ['', 'short12', '12345678901', '甲甲甲甲甲甲甲甲', 'aaaaaaaaaa', '甲2026-07-06']) expect([weak, await code('app.setup', { organ: '某市', code: '督', account: '甲', password: weak })]).toEqual([weak, 'WEAK_PASSWORD'])
    expect(await code('app.setup', { organ: '某\u202E市', code: '督', account: '甲', password })).toBe('UNSAFE_TEXT')
    expect(await code('app.setup', { organ: '某市', code: '督', account: '甲\u200B', password })).toBe('UNSAFE_TEXT')
    expect(await must('app.status', {})).toMatchObject({ state: 'empty' })
    expect(await code('settings.get', {})).toBe('NOT_SET_UP')
    expect(await code('session.login', { account: '甲', password })).toBe('NOT_SET_UP')
  })
})

describe('log-in', () => {
  it('opens with the right password only, and log-out closes', async () => {
    const { logIn, code, must } = await office()
    await must('session.logout', {})
    expect(await code('settings.get', {})).toBe('NOT_LOGGED_IN')
    expect(await logIn('甲', other)).toBe('WRONG_PASSWORD')
    expect(await logIn('不存在', password)).toBe('WRONG_PASSWORD')
    expect(await logIn()).toBe('ok')
    expect(await code('settings.get', {})).toBe('ok')
  })

  it('calls the account by its name again where a recovery was cut off before it said so', async () => {
    const { must, backend, logIn, code } = await office()
    const { store, account } = backend.session.current()!
    store.write({ kind: 'accounts.rename', author: account.id }, (tx) => tx.put('account', account.id, 'account', { name: '甲（恢复）', roles: [...account.roles], disabled: false }))
    await must('session.logout', {})
    expect(await logIn('甲（恢复）')).toBe('WRONG_PASSWORD')
    expect(await logIn()).toBe('ok')
    expect(await must('app.status', {})).toMatchObject({ accounts: ['甲（恢复）'], session: { name: '甲（恢复）' } })
    expect(await code('session.password', { oldPassword: password, newPassword: other })).toBe('ok')
    await must('session.logout', {})
    expect(await logIn('甲（恢复）', other)).toBe('ok')
  })

  it('slows guessing down after five tries, over a restart and for tries that arrive together', async () => {
    const { env, must } = await office()
    await must('session.logout', {})
    let next = door(env)
    const together = await Promise.all(Array.from({ length: 8 }, () => next.logIn('甲', other)))
    expect(together).toEqual([...Array.from({ length: 5 }, () => 'WRONG_PASSWORD'), 'TOO_MANY_TRIES', 'TOO_MANY_TRIES', 'TOO_MANY_TRIES'])
    next = door(env)
    expect(await next.ask('session.login', { account: '甲', password })).toEqual({ ok: false, error: { code: 'TOO_MANY_TRIES', params: { seconds: 5 } } })
    expect(await next.ask('session.recover', { recoveryCode: 'x', account: '甲', newPassword: other })).toMatchObject({ error: { code: 'TOO_MANY_TRIES' } })
    env.clock.now += 4_000
    expect(await next.ask('session.login', { account: '甲', password })).toMatchObject({ error: { params: { seconds: 1 } } })
    env.clock.now += 1_000
    expect(await next.logIn('甲', other)).toBe('WRONG_PASSWORD')
    expect(await next.ask('session.login', { account: '甲', password })).toMatchObject({ error: { params: { seconds: 10 } } })
    // A clock that is set back by a year does not make the wait a year long.
    env.clock.now -= 365 * 86_400_000
    expect(await next.ask('session.login', { account: '甲', password })).toMatchObject({ error: { params: { seconds: 10 } } })
    env.clock.now += 365 * 86_400_000 + 10_000
    expect(await next.logIn()).toBe('ok')
    const audit = await next.must('audit.list', { kind: 'session.failed' })
    expect(audit.items.map((row) => JSON.parse(row.note ?? '') as unknown)).toEqual([expect.objectContaining({ failed: 6 })])
    await next.must('session.logout', {})
    expect(await next.logIn('甲', other)).toBe('WRONG_PASSWORD')
    expect(await next.logIn()).toBe('ok')
    expect((await next.must('audit.list', { kind: 'session.failed' })).total).toBe(2)
    expect(readFileSync(join(env.dataDir, 'tries.json'), 'utf8')).toContain('"failed":0')
  })

  it('locks when nobody has been there for longer than the setting, also a store that nobody asks', async () => {
    const { env, must, code, backend } = await office()
    await must('settings.save', { lockAfterMinutes: 5 })
    env.clock.now += 5 * 60_000
    expect(await code('settings.get', {})).toBe('ok')
    await must('session.touch', {})
    env.clock.now += 5 * 60_000
    expect(await code('settings.get', {})).toBe('ok')
    env.clock.now += 1
    expect(await code('settings.get', {})).toBe('NOT_LOGGED_IN')
    expect(await must('app.status', {})).toMatchObject({ state: 'locked' })
    await backend.session.lock()
    const again = door(env)
    expect(await again.logIn()).toBe('ok')
    const kinds = (await again.must('audit.list', { direction: 'asc' })).items.map((row) => row.action)
    expect(kinds.filter((kind) => kind.startsWith('session.'))).toEqual(['session.login', 'session.lock', 'session.login'])
  })

  it('waits with the lock while a job is running', async () => {
    const { env, code, backend } = await office()
    let finish: () => void = () => {}
    const job = backend.jobs.start('test', () => new Promise<Result<null>>((resolve) => (finish = () => resolve(ok(null)))))
    env.clock.now += 60 * 60_000
    expect(await code('settings.get', {})).toBe('ok')
    finish()
    await backend.jobs.wait(job, 1, 20_000)
    expect(await code('settings.get', {})).toBe('NOT_LOGGED_IN')
  })

  it('changes the password of whoever knows the old one', async () => {
    const { must, code, logIn } = await office()
    expect(await code('session.password', { oldPassword: other, newPassword: other })).toBe('WRONG_PASSWORD')
    expect(await code('session.password', { oldPassword: password, newPassword: '1234' })).toBe('WEAK_PASSWORD')
    await must('session.password', { oldPassword: password, newPassword: other })
    await must('session.logout', {})
    expect(await logIn('甲', password)).toBe('WRONG_PASSWORD')
    expect(await logIn('甲', other)).toBe('ok')
  })

  it('recovers with the printed code and sets a new password', async () => {
    const { must, code, logIn, recoveryCode } = await office()
    await must('session.logout', {})
    const wrong = `${recoveryCode[0] === '2' ? '3' : '2'}${recoveryCode.slice(1)}`
    expect(await code('session.recover', { recoveryCode: wrong, account: '甲', newPassword: other })).toBe('WRONG_RECOVERY_CODE')
    expect(await code('session.recover', { recoveryCode, account: '乙', newPassword: other })).toBe('NOT_FOUND')
    expect(await code('settings.get', {})).toBe('NOT_LOGGED_IN')
    expect(await must('session.recover', { recoveryCode: recoveryCode.toLowerCase().replaceAll('-', ' '), account: '甲', newPassword: other })).toMatchObject({ name: '甲' })
    expect(await code('settings.get', {})).toBe('ok')
    await must('session.logout', {})
    expect([await logIn('甲', password), await logIn('甲', other)]).toEqual(['WRONG_PASSWORD', 'ok'])
  })
})

describe('accounts', () => {
  it('every role is asked for, and a role that is taken away is gone with the next call', async () => {
    const { env, must, logIn, code } = await office()
    const made = await must('accounts.create', { name: '乙', password: other, roles: ['read', 'read'] })
    expect(made).toMatchObject({ name: '乙', roles: ['read'], disabled: false, hasPassword: true })
    expect(await code('accounts.create', { name: '乙', password: other, roles: ['read'] })).toBe('ACCOUNT_EXISTS')
    expect(await code('accounts.create', { name: '丙', password: '丙123', roles: ['read'] })).toBe('WEAK_PASSWORD')
    expect(await logIn('乙', other)).toBe('ok')
    const refused = await door(env).ask('accounts.list', {})
    expect(refused).toMatchObject({ error: { code: 'NOT_LOGGED_IN' } })
    expect(await code('settings.save', { guardDays: 1 })).toBe('NOT_ALLOWED')
    expect(await code('audit.list', {})).toBe('ok')
    expect(await logIn()).toBe('ok')
    const me = (await must('accounts.list', {})).find((row) => row.name === '甲')!
    await must('accounts.update', { id: made.id, roles: ['admin', 'read'], disabled: false })
    await must('accounts.update', { id: me.id, roles: ['enter'], disabled: false })
    expect(await code('settings.save', { guardDays: 1 })).toBe('NOT_ALLOWED')
  })

  it('keeps the last administrator, and a disabled account does not come in', async () => {
    const { must, code, logIn } = await office()
    const [me] = await must('accounts.list', {})
    const keep: Role[] = ['read']
    expect(await code('accounts.update', { id: me!.id, roles: keep, disabled: false })).toBe('LAST_ADMIN')
    expect(await code('accounts.update', { id: me!.id, roles: ['admin'], disabled: true })).toBe('LAST_ADMIN')
    const made = await must('accounts.create', { name: '乙', password: other, roles: ['admin'] })
    await must('accounts.update', { id: made.id, roles: ['admin'], disabled: true })
    expect(await code('accounts.update', { id: me!.id, roles: keep, disabled: false })).toBe('LAST_ADMIN')
    expect(await logIn('乙', other)).toBe('ACCOUNT_DISABLED')
    expect(await logIn()).toBe('ok')
    await must('accounts.resetPassword', { id: made.id, newPassword: 'a new password' })
    await must('accounts.update', { id: made.id, roles: ['admin'], disabled: false })
    expect(await logIn('乙', 'a new password')).toBe('ok')
    expect(await code('accounts.resetPassword', { id: 'nobody', newPassword: other })).toBe('NOT_FOUND')
  })
})

describe('settings, calendar, rules', () => {
  it('changes what is given and keeps the rest', async () => {
    const { must, code } = await office()
    expect(await must('settings.save', { guardDays: 45, organMark: '某市督查文件' })).toMatchObject({ guardDays: 45, organMark: '某市督查文件', replyWorkingDays: 15 })
    expect(await must('settings.save', { organMark: null })).toMatchObject({ guardDays: 45, organMark: null })
    for (const bad of [{ guardDays: -1 }, { replyWorkingDays: 0 }, { ladder: [] }, { demo: true }]) expect(await code('settings.save', bad as never)).toBe('BAD_INPUT')
    expect(await code('settings.save', { place: '会议室\u202E' })).toBe('UNSAFE_TEXT')
  })

  it('refuses an organ that no letter could bear, with the sentence that a letter would be refused with; one from before hinders no other setting', async () => {
    const { must, code, backend } = await office()
    const long = '滕'.repeat(21)
    expect(await dispatch('settings.save', { organMark: long }, backend)).toEqual({ ok: false, error: { code: 'LETTER_TOO_LONG', params: { field: 'organ.mark' } } })
    expect(errorSentence({ code: 'LETTER_TOO_LONG', params: { field: 'organ.mark' } })).toContain('发文机关标志太长')
    // 文件 is added on a 通知.
    expect([await code('settings.save', { organMark: long.slice(2) }), await code('settings.save', { organMark: long.slice(3) }), await code('settings.save', { organ: long })]).toEqual(['LETTER_TOO_LONG', 'ok', 'ok'])
    expect(await code('settings.save', { organMark: null })).toBe('LETTER_TOO_LONG')
    expect(await must('settings.get', {})).toMatchObject({ organMark: long.slice(3), organ: long })
    backend.session.current()!.store.write({ kind: 'test.old', author: 'old' }, (tx) => putSettings(tx, { organMark: long }))
    expect(await must('settings.save', { guardDays: 9, organMark: long })).toMatchObject({ guardDays: 9, organMark: long })
  })

  it('puts the office’s own table over the built-in one', async () => {
    const { must, code } = await office()
    const before = await must('calendar.list', {})
    expect(before.every((year) => year.builtIn)).toBe(true)
    expect(before.map((year) => year.year)).toContain(2026)
    await must('calendar.save', { year: 2027, holidays: ['2027-10-01', '2027-01-01', '2027-01-01'], extraWorkdays: ['2027-09-26'] })
    expect((await must('calendar.list', {})).find((year) => year.year === 2027)).toEqual({ year: 2027, holidays: ['2027-01-01', '2027-10-01'], extraWorkdays: ['2027-09-26'], builtIn: false })
    expect(await code('calendar.save', { year: 2027, holidays: ['2029-01-01'], extraWorkdays: [] })).toBe('BAD_INPUT')
    expect(await code('calendar.save', { year: 2027, holidays: ['2027-01-01'], extraWorkdays: ['2027-01-01'] })).toBe('BAD_INPUT')
  })

  it('makes every edit of a rule its next version, with history', async () => {
    const { must, code } = await office()
    const rules = await must('rules.list', {})
    expect(rules.map((rule) => rule.id)).toEqual(['R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7'])
    const [r1] = rules
    const edit = { id: 'R1', enabled: true, params: { months: 4 }, matter: r1!.matter, basis: '新的依据', note: '试行' }
    expect(await must('rules.save', edit)).toMatchObject({ version: 2, params: { months: 4 }, basis: '新的依据', note: '试行', conditionText: expect.stringContaining('连续4个月') as string })
    expect(await must('rules.save', { ...edit, enabled: false, params: {}, note: '停用' })).toMatchObject({ version: 3, enabled: false, params: { months: 4 } })
    const history = await must('rules.history', { id: 'R1' })
    expect(history.map(({ version, author, note }) => [version, author, note])).toEqual([[3, '甲', '停用'], [2, '甲', '试行'], [1, '', null]])
    for (const params of [{ months: 0 }, { months: 1.5 }, { worst: 3 }, { months: 999 }]) expect(await code('rules.save', { ...edit, params } as never)).toBe('RULE_BAD_PARAMS')
    expect(await code('rules.save', { ...edit, id: 'R99' })).toBe('NOT_FOUND')
    expect((await must('audit.list', { rowId: 'R1' })).items.map((row) => row.action)).toEqual(['rules.save', 'rules.save'])
  })
})
