import { describe, expect, it } from 'vitest'
import { err, ok, Refusal } from '../../../shared/result.ts'
import { dispatch, type Backend } from '../../../electron/rpc/dispatch.ts'
import type { Role } from '../../../shared/domain/roles.ts'
import { testEnv } from '../../host/backends.ts'

/** A backend whose handlers are the test's own; the order of dispatch and what it lets through is what is looked at. */
function backendOf(handlers: Record<string, unknown>, roles: readonly Role[] | null = ['admin'], checkOutput = true) {
  const env = testEnv()
  const session = { current: () => (roles === null ? null : { account: { id: 'a', name: '甲', roles }, store: { changed: () => 0 } }), folder: () => 'ours' }
  return { env, backend: { env, handlers, session, files: {}, jobs: {}, checkOutput } as unknown as Backend }
}
const never = (): never => {
  throw new Error('must not run')
}

describe('dispatch', () => {
  it('knows only names of the contract that have a handler', async () => {
    const { backend } = backendOf({ toString: never })
    for (const name of ['nothing.here', 'toString', '__proto__', 'constructor', '', 'settings.get']) expect(await dispatch(name, {}, backend)).toEqual({ ok: false, error: { code: 'UNKNOWN_ENTRY', params: { entry: name } } })
    expect(await dispatch('x'.repeat(500), {}, backend)).toMatchObject({ error: { params: { entry: 'x'.repeat(80) } } })
  })

  it('parses strictly, and names the fields without their values', async () => {
    const { backend } = backendOf({ 'letters.void': never, 'settings.save': never })
    const answer = await dispatch('letters.void', { id: '', on: '2026-02-30', reason: '王某某的事', extra: '张三' }, backend)
    expect(answer).toEqual({ ok: false, error: { code: 'BAD_INPUT', params: { entry: 'letters.void', fields: ['id', 'on', 'extra'] } } })
    for (const raw of [null, undefined, 'text', [], 1]) expect(await dispatch('settings.save', raw, backend)).toMatchObject({ error: { code: 'BAD_INPUT' } })
  })

  it('authorises after parsing and before running: locked, no role, any one of the roles', async () => {
    const handlers = { 'letters.void': () => err('NOT_FOUND'), 'settings.get': never, 'app.status': () => err('BUSY') }
    const input = { id: 'a', on: '2026-07-06', reason: '误发' }
    expect(await dispatch('letters.void', input, backendOf(handlers, null).backend)).toEqual({ ok: false, error: { code: 'NOT_LOGGED_IN', params: {} } })
    expect(await dispatch('settings.get', {}, backendOf(handlers, null).backend)).toMatchObject({ error: { code: 'NOT_LOGGED_IN' } })
    expect(await dispatch('letters.void', input, backendOf(handlers, ['admin', 'check', 'read', 'enter']).backend)).toEqual({ ok: false, error: { code: 'NOT_ALLOWED', params: { entry: 'letters.void', roles: ['issue'] } } })
    expect(await dispatch('letters.void', input, backendOf(handlers, ['issue']).backend)).toMatchObject({ error: { code: 'NOT_FOUND' } })
    expect(await dispatch('app.status', {}, backendOf(handlers, null).backend)).toMatchObject({ error: { code: 'BUSY' } })
  })

  it('gives an open store to nobody before log-in, and the parsed input with defaults to the handler', async () => {
    const seen: unknown[] = []
    const handlers = { 'app.status': (_input: unknown, context: object) => (seen.push('store' in context), err('BUSY')), 'letters.list': (input: unknown, context: object) => (seen.push(input, 'store' in context), err('BUSY')) }
    const { backend } = backendOf(handlers)
    await dispatch('app.status', {}, backend)
    await dispatch('letters.list', {}, backend)
    expect(seen).toEqual([false, { limit: 100, sort: 'created', direction: 'desc' }, true])
  })

  it('turns a Refusal into its code and a bug into INTERNAL with a ref; no message, path or name crosses or is logged', async () => {
    const bug = Object.assign(new TypeError('SELECT name FROM official -- 张三 /home/user/data'), { code: 'SQLITE_ERROR' })
    const handlers = {
      'settings.get': () => {
        throw new Refusal('DISK_FULL', { cause: 'ENOSPC' })
      },
      'rules.list': () => Promise.reject(bug),
    }
    const { env, backend } = backendOf(handlers)
    expect(await dispatch('settings.get', {}, backend)).toEqual({ ok: false, error: { code: 'DISK_FULL', params: { cause: 'ENOSPC' } } })
    const answer = await dispatch('rules.list', {}, backend)
    expect(answer).toEqual({ ok: false, error: { code: 'INTERNAL', params: {}, ref: expect.stringMatching(/^[0-9a-f]{10}$/) as string } })
    const [line] = env.lines
    expect(line).toMatchObject({ event: 'bug', fields: { ref: (answer as { error: { ref: string } }).error.ref, what: 'rules.list', name: 'TypeError', code: 'SQLITE_ERROR' } })
    expect(JSON.stringify([answer, env.lines])).not.toMatch(/张三|SELECT|\/home|test\/electron/)
    expect(String(line?.fields.at)).toContain('dispatch.test.ts')
  })

  it('checks the answer against the contract where it is asked to', async () => {
    const handlers = { 'session.touch': () => ok({ name: '张三' }) }
    const checked = backendOf(handlers)
    expect(await dispatch('session.touch', {}, checked.backend)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    expect(checked.env.lines).toEqual([{ event: 'output.differs', fields: expect.objectContaining({ entry: 'session.touch', fields: 'name' }) as object }])
    expect((await dispatch('session.touch', {}, backendOf(handlers, ['admin'], false).backend)).ok).toBe(true)
  })
})
