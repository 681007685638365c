import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDataFolder, folderState, openDataFolder, slotNames, type DataFolder } from '../../../electron/store/data-folder.ts'
import { unwrap } from '../../../shared/result.ts'
import { clean, newFolder, password, tempDir, testEnv, twin } from '../../host/store.ts'

let template: DataFolder & { recoveryCode: string }
const env = testEnv('folder')
beforeAll(async () => {
  template = await newFolder()
  template.store.close()
})
afterAll(clean)

const fresh = (): string => {
  const folder = twin(template, 'copy')
  folder.store.close()
  return folder.dir
}
const codeOf = (result: { ok: boolean; error?: { code: string; params: unknown } }) => (result.ok ? 'ok' : result.error!.code)

describe('a new data folder', () => {
  test('is encrypted, opens with the password and holds the first account', async () => {
    const dir = fresh()
    const bytes = readFileSync(join(dir, 'dutydesk.db'))
    expect(bytes.includes('SQLite format 3')).toBe(false)
    expect(bytes.includes('管理员甲')).toBe(false)
    expect(folderState(dir)).toBe('ours')
    expect(slotNames(dir)).toEqual([{ account: 'account-1', name: '管理员甲' }])
    const opened = unwrap(await openDataFolder(dir, { account: '管理员甲', password }, env))
    expect(opened.accountId).toBe('account-1')
    expect(opened.store.verify().problems).toEqual([])
    opened.store.close()
  })

  test('stretches passwords and the recovery code at full cost where nobody says otherwise', async () => {
    const { now, random } = testEnv('full cost')
    const dir = join(tempDir(), 'data')
    unwrap(await createDataFolder(dir, { env: { now, random }, account: { id: 'account-1', name: '管理员甲', password } })).store.close()
    const { slots, recovery } = JSON.parse(readFileSync(join(dir, 'keys.json'), 'utf8')) as { slots: { n: number }[]; recovery: { n: number } }
    for (const slot of [...slots, recovery]) expect(slot).toMatchObject({ n: 2 ** 17, r: 8, p: 1 })
    expect((await openDataFolder(dir, { account: '管理员甲', password }, env)).ok).toBe(true)
  })

  test('refuses a wrong password and an unknown name alike', async () => {
    const dir = fresh()
    expect(codeOf(await openDataFolder(dir, { account: '管理员甲', password: `${password}x` }, env))).toBe('WRONG_PASSWORD')
    expect(codeOf(await openDataFolder(dir, { account: '别人', password }, env))).toBe('WRONG_PASSWORD')
    expect(codeOf(await openDataFolder(join(tempDir(), 'none'), { account: '管理员甲', password }, env))).toBe('NOT_SET_UP')
  })

  test('is never made over another one or over foreign files', async () => {
    const options = { env, account: { id: 'account-2', name: '乙', password } }
    expect(codeOf(await createDataFolder(fresh(), options))).toBe('ALREADY_SET_UP')
    const foreign = tempDir()
    writeFileSync(join(foreign, 'letter.docx'), 'x')
    expect(folderState(foreign)).toBe('foreign')
    expect(codeOf(await createDataFolder(foreign, options))).toBe('DATA_NOT_OURS')
    for (const lost of ['keys.json', 'dutydesk.db']) {
      const half = fresh()
      rmSync(join(half, lost))
      expect(folderState(half)).toBe('foreign')
      expect(codeOf(await createDataFolder(half, options))).toBe('DATA_NOT_OURS')
    }
  })

  test('that was interrupted counts as empty and is made again', async () => {
    const dir = fresh()
    renameSync(join(dir, 'dutydesk.db'), join(dir, 'dutydesk.new.db'))
    expect(folderState(dir)).toBe('empty')
    const made = unwrap(await createDataFolder(dir, { env, account: { id: 'account-2', name: '乙', password } }))
    expect(folderState(dir)).toBe('ours')
    expect(readdirSync(dir).filter((name) => name.includes('new'))).toEqual([])
    made.store.close()
  })
})

describe('the recovery code', () => {
  test('opens the folder however it is typed', async () => {
    const dir = fresh()
    const typed = ` ${template.recoveryCode.toLowerCase().replaceAll('-', '　').replaceAll('0', 'o').replaceAll('1', 'l')} `
    const opened = unwrap(await openDataFolder(dir, { recoveryCode: typed }, env))
    expect(opened.accountId).toBeNull()
    const fresher = await opened.keys.newRecoveryCode()
    expect(codeOf(await openDataFolder(dir, { recoveryCode: template.recoveryCode }, env))).toBe('WRONG_RECOVERY_CODE')
    const third = unwrap(await openDataFolder(dir, { recoveryCode: fresher }, env))
    expect(third.store.verify().ok).toBe(true)
    third.store.close()
    opened.store.close()
  })
})

describe('key slots', () => {
  test('are added, renamed, given another password and removed; the data stay as they are', async () => {
    const dir = fresh()
    const database = readFileSync(join(dir, 'dutydesk.db'))
    const opened = unwrap(await openDataFolder(dir, { account: '管理员甲', password }, env))
    const { keys } = opened
    expect(await keys.add('account-2', '乙', 'another-long-word')).toEqual({ ok: true, value: null })
    expect(codeOf(await keys.add('account-3', '乙', 'x'))).toBe('ACCOUNT_EXISTS')
    expect(codeOf(await keys.add('account-2', '丙', 'x'))).toBe('ACCOUNT_EXISTS')
    expect(keys.rename('account-2', '管理员甲')).toMatchObject({ error: { code: 'ACCOUNT_EXISTS' } })
    expect(keys.rename('account-2', '丙')).toEqual({ ok: true, value: null })
    expect(await keys.setPassword('account-1', 'changed-long-word')).toEqual({ ok: true, value: null })
    expect(codeOf(await keys.check('管理员甲', password))).toBe('WRONG_PASSWORD')
    expect(await keys.check('管理员甲', 'changed-long-word')).toEqual({ ok: true, value: 'account-1' })
    expect(keys.remove('account-1')).toEqual({ ok: true, value: null })
    expect(keys.remove('account-2')).toMatchObject({ error: { code: 'LAST_ADMIN' } })
    expect(keys.list()).toEqual([{ account: 'account-2', name: '丙' }])
    opened.store.close()
    expect(codeOf(await openDataFolder(dir, { account: '管理员甲', password: 'changed-long-word' }, env))).toBe('WRONG_PASSWORD')
    const other = unwrap(await openDataFolder(dir, { account: '丙', password: 'another-long-word' }, env))
    expect(Buffer.from(other.key)).toEqual(Buffer.from(opened.key))
    other.store.close()
    expect(readFileSync(join(dir, 'dutydesk.db')).equals(database)).toBe(true)
  })

  test('cannot be moved to another account or folder', async () => {
    const dir = fresh()
    const path = join(dir, 'keys.json')
    const file = JSON.parse(readFileSync(path, 'utf8')) as { group: string; slots: { account: string }[] }
    const original = structuredClone(file)
    file.slots[0]!.account = 'account-9'
    writeFileSync(path, JSON.stringify(file))
    expect(codeOf(await openDataFolder(dir, { account: '管理员甲', password }, env))).toBe('WRONG_PASSWORD')
    writeFileSync(path, JSON.stringify({ ...original, group: '0'.repeat(32) }))
    expect(codeOf(await openDataFolder(dir, { account: '管理员甲', password }, env))).toBe('WRONG_PASSWORD')
  })

  test('in a broken or newer file are said so', async () => {
    const dir = fresh()
    writeFileSync(join(dir, 'keys.json'), '{"app":"dutydesk","format":1')
    expect(codeOf(await openDataFolder(dir, { account: '管理员甲', password }, env))).toBe('DATA_DAMAGED')
    writeFileSync(join(dir, 'keys.json'), '{"app":"dutydesk","format":7}')
    expect(folderState(dir)).toBe('newer')
    expect(await openDataFolder(dir, { account: '管理员甲', password }, env)).toMatchObject({ error: { code: 'DATA_NEWER', params: { found: 7, supported: 1 } } })
  })
})
