/** The window's thread while another connection writes: refused calls are made again later, and nothing waits for a lock with the thread. */
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { investmentWorkbook } from '../../../build/bench/support/county.ts'
import { callWhenFree } from '../../../electron/services/when-free.ts'
import { openDatabase } from '../../../electron/store/open.ts'
import type { Store } from '../../../electron/store/store.ts'
import { err, ok, Refusal, unwrap } from '../../../shared/result.ts'
import { doorOf, doorPassword, newDoor, type Door } from '../../host/door.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Holds the write lock as a worker in the midst of its transaction does. */
function lock({ backend, env }: Door): { db: Database; free: () => void } {
  const db = openDatabase(join(env.dataDir, 'dutydesk.db'), backend.session.current()!.workerKey)
  db.exec('BEGIN IMMEDIATE')
  return {
    db,
    free() {
      db.exec('COMMIT')
      db.close()
    },
  }
}

async function saved(door: Door): Promise<number> {
  return (await door.must('settings.get', {})).guardDays
}

afterEach(() => void vi.useRealTimers())

describe('a write while the database is locked', () => {
  it('leaves the thread free and is done once the lock is gone', async () => {
    const door = await newDoor()
    const held = lock(door)
    const order: string[] = []
    const written = door.must('settings.save', { guardDays: 45 }).then(() => order.push('written'))
    for (let i = 0; i < 50; i++) {
      await turn()
      order.push('turn')
    }
    // Reading goes on meanwhile, and shows what was there before.
    expect(await saved(door)).toBe(30)
    order.push('read')
    held.free()
    await written
    expect(order).toEqual([...Array.from({ length: 50 }, () => 'turn'), 'read', 'written'])
    expect(await saved(door)).toBe(45)
  })

  it('says BUSY after a minute, with the data as they were', async () => {
    const door = await newDoor()
    const held = lock(door)
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const answers: unknown[] = []
    void door.ask('settings.save', { guardDays: 45 }).then((given) => answers.push(given))
    for (let i = 0; i < 400 && answers.length === 0; i++) await vi.advanceTimersByTimeAsync(250)
    vi.useRealTimers()
    expect(answers[0]).toMatchObject({ ok: false, error: { code: 'BUSY', params: { cause: 'SQLITE_BUSY' } } })
    held.free()
    expect(await saved(door)).toBe(30)
  })

  it('logs nobody out and keeps no log-in waiting: the event goes in with the next one', async () => {
    const door = await newDoor()
    const held = lock(door)
    const second = doorOf(door.env)
    await second.must('session.login', { account: '甲', password: doorPassword })
    held.free()
    await second.must('settings.save', { guardDays: 31 })
    await second.must('session.logout', {})
    await door.must('session.logout', {})
    await door.must('session.login', { account: '甲', password: doorPassword })
    const events = door.backend.session.current()!.store.read((db) => db.all<{ kind: string }>('SELECT kind FROM event ORDER BY n')).map((row) => row.kind)
    expect(events).toEqual(['session.login', 'session.login', 'session.logout', 'session.logout', 'session.login'])
  })

  it('changes a password when the lock is gone, without asking for it again', async () => {
    const door = await newDoor()
    const held = lock(door)
    const changed = door.must('session.password', { oldPassword: doorPassword, newPassword: 'battery staple' })
    await turn()
    held.free()
    await changed
    await door.must('session.logout', {})
    expect(await door.ask('session.login', { account: '甲', password: doorPassword })).toMatchObject({ ok: false, error: { code: 'WRONG_PASSWORD' } })
    await door.must('session.login', { account: '甲', password: 'battery staple' })
  })
})

describe('callWhenFree', () => {
  const locked = err('BUSY', { cause: 'SQLITE_BUSY' })
  const store = (changed: () => number) => ({ changed }) as Store

  it('makes no call again that has changed a row, and none that another thing keeps busy', async () => {
    let calls = 0
    const changing = await callWhenFree(store(() => calls), () => {
      calls += 1
      throw new Refusal('BUSY', { cause: 'SQLITE_BUSY' })
    })
    expect([changing, calls]).toEqual([locked, 1])
    calls = 0
    expect([await callWhenFree(store(() => 0), () => err('BUSY', { n: (calls += 1) })), calls]).toMatchObject([err('BUSY'), 1])
  })

  it('gives the first answer that is not BUSY', async () => {
    const answers = [locked, locked, ok(7)]
    expect(await callWhenFree(store(() => 0), () => answers.shift()!)).toEqual(ok(7))
    expect(await callWhenFree(undefined, () => locked)).toEqual(locked)
  })
})

describe('during a real import', () => {
  it('every write of the window succeeds, and the thread keeps turning while one of them waits', async () => {
    const door = await newDoor({ roster: 60 })
    const job = await door.start('2026年6月招商引资通报.xlsx', investmentWorkbook(60))
    const ended: string[] = []
    const done = door.finish(job).then((answer) => {
      ended.push('import')
      return answer
    })
    const turns: number[] = []
    // One write after the other: the import's transaction cannot slip between them.
    for (let days = 31; ended.length === 0; days = days === 60 ? 31 : days + 1) {
      const written: string[] = []
      const saving = door.must('settings.save', { guardDays: days }).then(() => written.push('written'))
      for (turns.push(0); written.length === 0; turns[turns.length - 1]! += 1) await turn()
      await saving
      expect(await saved(door)).toBe(days)
    }
    expect(unwrap(await done)).toMatchObject({ accepted: 6000, refusedTotal: 0 })
    expect(Math.max(...turns)).toBeGreaterThan(10)
  })
})
