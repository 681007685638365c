import { describe, expect, test } from 'vitest'
import { afterStatus, mayCall, type AppStatus, type SessionState } from '../../renderer/state/session.ts'
import { tellsActivity } from '../../renderer/state/activity.ts'

const person = (accountId: string): NonNullable<AppStatus['session']> => ({ accountId, name: '王测试', roles: ['enter', 'read'], lockAfterMinutes: 10 })
const status = (state: AppStatus['state'], session: AppStatus['session']): AppStatus => ({ state, door: 'loopback', version: '0', organ: '某机关', accounts: ['王测试'], session, joining: false, demo: false, today: '2026-07-01' })
const fresh: SessionState = { status: null, error: null, locked: false, person: 0 }

describe('the lock over an open page', () => {
  test('keeps the page for the same person', () => {
    const open = afterStatus(fresh, status('open', person('a')))
    const locked = afterStatus(open, status('locked', null))
    expect(locked).toMatchObject({ locked: true, person: 0, status: { session: { accountId: 'a' } } })
    expect(afterStatus(locked, status('open', person('a')))).toMatchObject({ locked: false, person: 0 })
  })

  test('another person gets a new page', () => {
    const locked = afterStatus(afterStatus(fresh, status('open', person('a'))), status('locked', null))
    expect(afterStatus(locked, status('open', person('b')))).toMatchObject({ locked: false, person: 1, status: { session: { accountId: 'b' } } })
  })

  test('without anybody at work it is the plain log-in', () => {
    expect(afterStatus(fresh, status('locked', null))).toMatchObject({ locked: false, status: { session: null } })
  })
})

test('buttons follow the contract’s own access lists', () => {
  const clerk = status('open', person('a'))
  expect(mayCall(clerk, 'bulletins.import')).toBe(true)
  expect(mayCall(clerk, 'letters.issue')).toBe(false)
  expect(mayCall(clerk, 'letters.list')).toBe(true)
  expect(mayCall(status('locked', null), 'letters.list')).toBe(false)
  expect(mayCall(null, 'app.status')).toBe(true)
})

test('activity is told at most once a minute', () => {
  expect(tellsActivity(0, 59_999)).toBe(false)
  expect(tellsActivity(0, 60_000)).toBe(true)
})
