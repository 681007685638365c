import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Refusal } from '../../../shared/result.ts'
import { derivedId } from '../../../electron/store/ids.ts'
import { parseBody } from '../../../electron/store/log/body.ts'
import { rowById } from '../../../electron/store/rows.ts'
import type { DataFolder } from '../../../electron/store/data-folder.ts'
import type { Store } from '../../../electron/store/store.ts'
import { again, author, clean, newFolder, provenance, reportValue, twin, unitValue } from '../../host/store.ts'

let template: DataFolder
beforeAll(async () => {
  template = await newFolder()
  template.store.close()
})
afterAll(clean)
const openCopy = () => twin(template, 'write')

const bodies = (store: Store) => [...store.log.changes()].map((change) => parseBody(change.body!))
const dumped = (store: Store): Record<string, { id: string }[]> => JSON.parse([...store.dump()].join('')) as Record<string, { id: string }[]>
const write = { kind: 'test.write', author }

describe('a write', () => {
  test('is one change with its projection, and the folder opens with it again', () => {
    const folder = openCopy()
    const { store } = folder
    store.write({ kind: 'units.save', author, note: '新设' }, (tx) => tx.put('unit', 'u1', 'identity', unitValue('荆河街道'), 'u1'))
    const last = bodies(store).at(-1)!
    expect(last).toMatchObject({ kind: 'units.save', note: '新设', part: 1, parts: 1, ops: [{ table: 'unit', row: 'u1', register: 'identity', value: { name: '荆河街道', kind: 'township' }, pred: [] }] })
    store.close()
    const other = again(folder)
    expect(other.store.read((db) => rowById(db, 'unit', 'u1'))).toMatchObject({ id: 'u1', scope: 'u1', deleted: false, name: '荆河街道', aliases: null })
    expect(other.store.verify()).toEqual({ ok: true, problems: [] })
    other.store.close()
  })

  test('sees its own rows, and a refusal or a bug takes everything back, the log included', () => {
    const { store } = openCopy()
    const before = [...store.log.changes()].length
    for (const error of [new Refusal('NUMBER_USED'), new Error('bug')]) {
      expect(() => store.write(write, (tx) => {
        tx.put('unit', 'u1', 'identity', unitValue('甲'))
        expect(rowById(tx, 'unit', 'u1')?.name).toBe('甲')
        expect(store.read((db) => rowById(db, 'unit', 'u1'))?.name).toBe('甲')
        throw error
      })).toThrow(error)
    }
    expect([...store.log.changes()].length).toBe(before)
    expect(store.read((db) => rowById(db, 'unit', 'u1'))).toBeUndefined()
    store.write(write, (tx) => tx.put('unit', 'u2', 'identity', unitValue('乙')))
    expect(store.verify().problems).toEqual([])
    store.close()
  })

  test('of several in one transaction all or none is there, whoever catches what failed', () => {
    const folder = openCopy()
    const { store } = folder
    const put = (id: string, error?: Error): void => store.write(write, (tx) => {
      tx.put('unit', id, 'identity', unitValue('甲'))
      if (error) throw error
    })
    const bug = new Error('bug')
    const before = [{ ...store.digest() }, store.log.mark(), { ...store.identity }]
    const nothing = (): void => {
      expect([{ ...store.digest() }, store.log.mark(), { ...store.identity }]).toEqual(before)
      expect(store.local.get('whole')).toBeUndefined()
      expect(store.read((db) => db.all('SELECT id FROM unit'))).toEqual([])
    }
    expect(() => store.atomically(() => {
      put('u1')
      store.local.set('whole', 'yes')
      store.adoptGroup('ab'.repeat(16), write, (tx) => tx.put('unit', 'u2', 'identity', unitValue('乙')))
      expect(store.read((db) => db.all('SELECT id FROM unit'))).toEqual([{ id: 'u2' }])
      throw bug
    })).toThrow(bug)
    nothing()
    expect(() => store.atomically(() => {
      put('u1')
      store.local.set('whole', 'yes')
      try {
        put('u2', bug)
      } catch {
        // Goes on as if nothing was.
      }
    })).toThrow(bug)
    nothing()
    expect(() => store.atomically(() => store.atomically(() => put('u1')))).toThrow('a transaction inside')
    expect(() => store.atomically(() => store.write(write, () => put('u1')))).toThrow('a write inside')
    expect(() => store.atomically(() => Promise.resolve())).toThrow('cannot wait')
    expect(() => store.atomically(() => store.write(write, async (tx) => {
      tx.put('unit', 'u1', 'identity', unitValue('甲'))
      await Promise.resolve()
    }))).toThrow('cannot wait')
    nothing()
    store.atomically(() => {
      put('u1')
      put('u2')
      store.local.set('whole', 'yes')
    })
    expect(store.read((db) => db.all('SELECT id FROM unit ORDER BY id'))).toEqual([{ id: 'u1' }, { id: 'u2' }])
    put('u3')
    expect(store.verify().problems).toEqual([])
    store.close()
    const other = again(folder)
    expect([other.store.local.get('whole'), other.store.read((db) => db.all('SELECT id FROM unit'))]).toMatchObject(['yes', [{}, {}, {}]])
    other.store.close()
  })

  test('is settled at its end, inside it: what reads then sees the change and its rows, and a throw takes everything back', () => {
    const { store } = openCopy()
    const before = [...store.log.changes()].length
    const seen: unknown[] = []
    const put = (name: string, settle: () => void): unknown => store.write(write, (tx) => {
      tx.put('unit', 'u1', 'identity', unitValue(name))
      return name
    }, settle)
    expect(put('甲', () => seen.push([...store.log.changes()].length, store.read((db) => rowById(db, 'unit', 'u1'))?.name))).toBe('甲')
    expect(seen).toEqual([before + 1, '甲'])
    expect(() => put('乙', () => {
      throw new Refusal('STALE')
    })).toThrow('STALE')
    expect([[...store.log.changes()].length, store.read((db) => rowById(db, 'unit', 'u1'))?.name]).toEqual([before + 1, '甲'])
    expect(store.verify().problems).toEqual([])
    store.close()
  })

  test('of the value that is there writes nothing, not even an action', () => {
    const { store } = openCopy()
    const put = (name: string) => store.write(write, (tx) => tx.put('unit', 'u1', 'identity', unitValue(name)))
    put('甲')
    const count = bodies(store).length
    put('甲')
    expect(bodies(store).length).toBe(count)
    put('乙')
    const last = bodies(store).at(-1)!
    const before = [...store.log.changes()].at(-2)!
    expect(last.ops[0]!.pred).toEqual([before.id.toString('hex')])
    store.close()
  })

  test('puts one register twice: the last value counts, in one op', () => {
    const { store } = openCopy()
    store.write(write, (tx) => {
      tx.put('unit', 'u1', 'identity', unitValue('甲'))
      tx.all('SELECT 1 FROM unit')
      tx.put('unit', 'u1', 'identity', unitValue('乙'), 'u1')
      tx.put('unit', 'u1', 'names', { shortName: null, aliases: ['丙'], orderNo: 1 }, 'u1')
    })
    const ops = bodies(store).slice(1).flatMap((body) => body.ops)
    expect(ops.map((op) => [op.register, op.value['name'] ?? null])).toEqual([['identity', '乙'], ['names', null]])
    expect(store.read((db) => rowById(db, 'unit', 'u1'))).toMatchObject({ name: '乙', scope: 'u1', aliases: ['丙'] })
    expect(store.verify().problems).toEqual([])
    store.close()
  })

  test('with missing, unknown or wrongly typed columns is a bug and writes nothing', () => {
    const { store } = openCopy()
    const put = (value: unknown) => () => store.write(write, (tx) => tx.put('unit', 'u1', 'identity', value as never))
    expect(put({ name: '甲' })).toThrow(TypeError)
    expect(put({ name: '甲', kind: 'township', more: 1 })).toThrow(TypeError)
    expect(put({ name: 1, kind: 'township' })).toThrow(TypeError)
    expect(put({ name: '\ud800', kind: 'township' })).toThrow(TypeError)
    expect(bodies(store).length).toBe(1)
    store.close()
  })

  test('cannot be used after its end, nor wait', () => {
    const { store } = openCopy()
    let kept: { put: (...args: never[]) => void } | undefined
    store.write(write, (tx) => void (kept = tx as never))
    expect(() => kept!.put(...(['unit', 'u1', 'identity', unitValue('甲')] as never[]))).toThrow('over')
    expect(() => store.write(write, () => Promise.resolve(1))).toThrow(TypeError)
    expect(() => store.write(write, () => store.write(write, () => 1))).toThrow('inside')
    store.close()
  })
})

describe('a large action', () => {
  test('is cut by ops and scope, in chained lanes, with one action id and the count in the last part', () => {
    const { store } = openCopy()
    store.write({ kind: 'bulletins.import', author }, (tx) => {
      for (let i = 0; i < 2500; i++) {
        const id = derivedId('report', String(i))
        tx.put('report', id, 'content', reportValue(`项目${i}`, { target: i, completionRate: 12.5 }), `unit-${i % 3}`)
        tx.put('report', id, 'provenance', provenance('b1', i), `unit-${i % 3}`)
      }
    })
    const parts = bodies(store).slice(1)
    expect(new Set(parts.map((body) => body.action)).size).toBe(1)
    expect(parts.map((body) => body.part)).toEqual(parts.map((_, index) => index + 1))
    expect(parts.map((body) => body.parts)).toEqual(parts.map((_, index) => (index === parts.length - 1 ? parts.length : 0)))
    expect(parts.reduce((sum, body) => sum + body.ops.length, 0)).toBe(5000)
    expect(Math.max(...parts.map((body) => body.ops.length))).toBe(1000)
    const lanes = Map.groupBy([...store.log.changes()].slice(1), (change) => change.scope)
    expect([...lanes.keys()].sort()).toEqual(['unit-0', 'unit-1', 'unit-2'])
    for (const lane of lanes.values()) for (const [index, change] of lane.entries()) {
      expect(change.seq).toBe(index + 1)
      expect(change.prev?.toString('hex')).toBe(lane[index - 1]?.id.toString('hex'))
      expect(change.body!.length).toBeLessThanOrEqual(1024 * 1024)
    }
    expect(store.verify().problems).toEqual([])
    store.close()
  })

  test('is cut by bytes too, and a single value beyond 1 MiB is refused', () => {
    const { store } = openCopy()
    const remark = '督'.repeat(100_000)
    store.write(write, (tx) => {
      for (let i = 0; i < 7; i++) tx.put('report', `r${i}`, 'content', { ...reportValue('大'), remark })
    })
    expect(bodies(store).slice(1).map((body) => body.ops.length)).toEqual([3, 3, 1])
    expect(() => store.write(write, (tx) => tx.put('report', 'r9', 'content', { ...reportValue('大'), remark: '督'.repeat(400_000) }))).toThrow('BAD_INPUT')
    expect(store.verify().problems).toEqual([])
    store.close()
  })

  test('writes a register again after its part was written out: the later op names the earlier one', () => {
    const { store } = openCopy()
    store.write(write, (tx) => {
      for (let round = 0; round < 3; round++) {
        for (let i = 0; i < 1500; i++) tx.put('unit', `u${i}`, 'identity', unitValue(`单位${i}/${round}`))
        tx.get('SELECT 1')
      }
    })
    expect(store.read((db) => db.get('SELECT count(*) AS n FROM unit WHERE name LIKE ?', ['%/2']))).toEqual({ n: 1500 })
    expect(store.read((db) => db.get('SELECT count(*) AS c FROM reg_write WHERE live = 1 GROUP BY row, reg HAVING count(*) > 1'))).toBeUndefined()
    expect(store.verify().problems).toEqual([])
    store.close()
  })
})

describe('removing and bringing back', () => {
  test('hides the row, and the same value put again brings it back', () => {
    const { store } = openCopy()
    const put = () => store.write(write, (tx) => {
      tx.put('report', 'r1', 'content', reportValue('甲'), 'u1')
      tx.put('report', 'r1', 'provenance', provenance('b1', 3), 'u1')
    })
    const ids = () => dumped(store)['report']!.map((row) => row.id)
    put()
    store.write(write, (tx) => tx.remove('report', 'r1'))
    expect(ids()).toEqual([])
    const grave = [...store.log.changes()].at(-1)!
    expect(grave.scope).toBe('u1')
    expect(parseBody(grave.body!).ops).toMatchObject([{ register: 'tombstone', value: { deleted: true }, pred: [expect.any(String)] }])
    const count = bodies(store).length
    store.write(write, (tx) => tx.remove('report', 'r1'))
    store.write(write, (tx) => tx.remove('report', 'unknown'))
    expect(bodies(store).length).toBe(count)
    put()
    expect(ids()).toEqual(['r1'])
    store.write(write, (tx) => tx.remove('report', 'r1'))
    store.write(write, (tx) => tx.restore('report', 'r1'))
    expect(ids()).toEqual(['r1'])
    expect(store.verify().problems).toEqual([])
    store.close()
  })

  test('works within the action that made the row, in any order of steps', () => {
    const { store } = openCopy()
    store.write(write, (tx) => {
      tx.put('unit', 'u1', 'identity', unitValue('甲'))
      tx.remove('unit', 'u1')
      tx.put('unit', 'u2', 'identity', unitValue('乙'))
      tx.remove('unit', 'u2')
      tx.put('unit', 'u2', 'identity', unitValue('乙二'))
      tx.put('unit', 'u3', 'identity', unitValue('丙'))
      tx.remove('unit', 'u3')
      tx.restore('unit', 'u3')
      tx.remove('unit', 'u3')
    })
    expect(dumped(store)['unit']!.map((row) => row.id)).toEqual(['u2'])
    const parts = bodies(store).slice(1)
    expect(parts.at(-1)!.parts).toBe(parts.length)
    expect(store.verify().problems).toEqual([])
    store.rebuildProjection()
    expect(dumped(store)['unit']!.map((row) => row.id)).toEqual(['u2'])
    store.close()
  })
})
