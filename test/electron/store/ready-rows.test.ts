/** Rows whose ops were written ahead: the record is the one that single puts make. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DataFolder } from '../../../electron/store/data-folder.ts'
import { derivedId } from '../../../electron/store/ids.ts'
import { makeReadyOps } from '../../../electron/store/log/ready-ops.ts'
import type { Store, WriteTx } from '../../../electron/store/store.ts'
import { author, clean, newFolder, provenance, reportValue, twin } from '../../host/store.ts'

let template: DataFolder
beforeAll(async () => {
  template = await newFolder()
  template.store.close()
})
afterAll(clean)

const action = { kind: 'test.write', author }
const scopes = ['u1', 'u2']
/** `text`: what a careless canonical text would get wrong. */
type Step = { readonly what: 'ready' | 'content' | 'remove' | 'restore'; readonly row: number; readonly scope: number; readonly text: string }
const step = fc.record({
  what: fc.constantFrom('ready', 'ready', 'ready', 'content', 'remove', 'restore'), row: fc.nat(5), scope: fc.nat(1), text: fc.constantFrom('甲', '"乙"\\', 'e\u0301', '丙\n丁', '𠮷'),
}) as fc.Arbitrary<Step>

const idOf = (row: number): string => (row === 0 ? '本行没有标识号' : derivedId('report', row))
const registers = ({ row, text }: Step) => ({ content: { ...reportValue(text), remark: `${text}${row}` }, provenance: provenance('b1', row + 4) })

function putAll(tx: WriteTx, one: Step): void {
  const { content, provenance: from } = registers(one)
  tx.put('report', idOf(one.row), 'content', content, scopes[one.scope]!)
  tx.put('report', idOf(one.row), 'provenance', from, scopes[one.scope]!)
}

/** `batch`: rows of one list of ops, as they come from another thread. */
function run(tx: WriteTx, steps: readonly Step[], ready: boolean): void {
  const ops = makeReadyOps('report')
  const rows = steps.filter((one) => one.what === 'ready').map((one) => ops.add(idOf(one.row), registers(one)))
  const made = ops.take()
  let at = 0
  for (const one of steps) {
    const id = idOf(one.row)
    if (one.what === 'remove') tx.remove('report', id)
    else if (one.what === 'restore') tx.restore('report', id)
    else if (one.what === 'content') tx.put('report', id, 'content', registers(one).content, scopes[one.scope]!)
    else if (ready) tx.putReady('report', id, { cells: rows[at]!, ops: made, at }, scopes[one.scope]!)
    else putAll(tx, one)
    if (one.what === 'ready') at += 1
  }
}

const dump = (store: Store): string => [...store.dump()].join('')

describe('rows that are ready', () => {
  test('come to what single puts come to, known or new, once or again', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 12 }), { minLength: 1, maxLength: 3 }), (writes) => {
        const [ready, single] = [twin(template, 'same').store, twin(template, 'same').store]
        for (const steps of writes) {
          ready.write(action, (tx) => run(tx, steps, true))
          single.write(action, (tx) => run(tx, steps, false))
        }
        expect(dump(ready)).toBe(dump(single))
        expect(ready.verify().problems).toEqual([])
        for (const one of [ready, single]) one.close()
      }),
      { seed: 20261127, numRuns: 40 },
    )
  }, 120_000)

  test('fill parts to their limit, and a row that fits none is refused whole', () => {
    const { store } = twin(template, 'full')
    const ops = makeReadyOps('report')
    const rows = Array.from({ length: 1_501 }, (_, at) => ({ id: derivedId('report', 'many', at), cells: ops.add(derivedId('report', 'many', at), { content: reportValue(`第${at}项`), provenance: provenance('b1', at + 4) }) }))
    const made = ops.take()
    store.write(action, (tx) => rows.forEach(({ id, cells }, at) => tx.putReady('report', id, { cells, ops: made, at }, 'u1')))
    expect(store.read((db) => db.get<{ n: number }>(`SELECT count(*) AS n FROM report WHERE scope = 'u1'`)?.n)).toBe(1_501)
    expect(store.verify().problems).toEqual([])
    const count = [...store.log.changes()].length
    const huge = ops.add('大', { content: { ...reportValue('大'), remark: '字'.repeat(400_000) }, provenance: provenance('b1', 4) })
    const text = ops.take()
    expect(() => store.write(action, (tx) => tx.putReady('report', '大', { cells: huge, ops: text, at: 0 }, 'u1'))).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    expect([...store.log.changes()].length).toBe(count)
    store.close()
  })
})
