/** Nobody is let in where the runtime computes something wrong (exchange.md section 6): no log-in, no new folder, nothing written. */
import crypto, { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { EntryName, InputOf } from '../../../shared/contract/entries.ts'
import { unwrap } from '../../../shared/result.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { createBackend } from '../../../electron/rpc/backend.ts'
import { dispatch } from '../../../electron/rpc/dispatch.ts'
import { knownAnswers, selfTest } from '../../../electron/services/exchange/keys/self-test.ts'
import { testEnv, type TestEnv } from '../../host/backends.ts'

const password = 'correct horse'
const setUp = { organ: '某市督查室', code: '督', account: '甲', password }

function door(env: TestEnv, test?: () => Promise<void>) {
  const backend = createBackend(test ? { ...env, selfTest: test } : env, { checkOutput: true })
  return <N extends EntryName>(name: N, input: InputOf<N>) => dispatch(name, input, backend)
}

/** A runtime that gets this one wrong. */
const wrong = (primitive: string) => () => selfTest(knownAnswers.map((one) => (one.name === primitive ? { ...one, compute: () => '00' } : one)))
const broken = (primitive: string) => ({ ok: false, error: { code: 'CRYPTO_BROKEN', params: { primitive } } })

function image(dir: string): string[] {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name))
  return files.sort().map((file) => `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`)
}

describe('a runtime that computes a primitive wrong', () => {
  it.each(knownAnswers.map((one) => one.name))('makes no folder: %s', async (primitive) => {
    const env = testEnv({ door: 'terminal' })
    const ask = door(env, wrong(primitive))
    expect(await ask('app.setup', setUp)).toEqual(broken(primitive))
    expect(await ask('exchange.request', { account: '甲', password, name: '新机', out: join(env.dataDir, '..', 'join.req') })).toEqual(broken(primitive))
    expect([existsSync(env.dataDir), existsSync(join(env.dataDir, '..', 'join.req'))]).toEqual([false, false])
    expect(unwrap(await ask('app.status', {}))).toMatchObject({ state: 'empty', session: null })
  })

  it('lets nobody in, whatever was typed, and leaves the folder as it was; a right one opens it afterwards', async () => {
    const env = testEnv({ door: 'terminal' })
    const good = door(env, selfTest)
    const { recoveryCode } = unwrap(await good('app.setup', setUp)) as { recoveryCode: string }
    await good('session.logout', {})
    unwrap(await good('session.login', { account: '甲', password }))
    await good('session.logout', {})
    const before = image(env.dataDir)
    const ask = door(env, wrong('scrypt'))
    const answers = [
      await ask('session.login', { account: '甲', password }), await ask('session.login', { account: '甲', password: 'wrong horse' }), await ask('session.login', { account: '不存在', password }),
      await ask('session.recover', { recoveryCode, account: '甲', newPassword: 'battery staple' }), await ask('exchange.request', { account: '甲', password, name: '甲', out: join(env.dataDir, '..', 'join.req') }),
    ]
    expect(answers).toEqual(answers.map(() => broken('scrypt')))
    expect(errorSentence({ code: 'CRYPTO_BROKEN', params: { primitive: 'scrypt' } })).toMatch(/自检没有通过（scrypt）.*没有改动.*重新安装/)
    expect(unwrap(await ask('app.status', {}))).toMatchObject({ state: 'locked', session: null })
    expect(image(env.dataDir)).toEqual(before)
    unwrap(await good('session.recover', { recoveryCode, account: '甲', newPassword: password }))
    // No failed try is reported: no password was looked at.
    expect(unwrap(await good('audit.list', { kind: 'session.failed' }))).toMatchObject({ total: 0 })
  })
})

it('asks the runtime itself where nothing is injected', async () => {
  const right = crypto.hkdfSync
  try {
    crypto.hkdfSync = () => new ArrayBuffer(42)
    syncBuiltinESMExports()
    const env = testEnv()
    expect(await door(env)('app.setup', setUp)).toEqual(broken('HKDF'))
    expect(existsSync(env.dataDir)).toBe(false)
  } finally {
    crypto.hkdfSync = right
    syncBuiltinESMExports()
  }
})
