/** 未到齐 in the audit trail: an action whose parts have not all come (exchange.md section 1). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listAudit } from '../../../../electron/services/audit.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import type { DataFolder } from '../../../../electron/store/data-folder.ts'
import { homeValue, type Store } from '../../../../electron/store/store.ts'
import { unwrap } from '../../../../shared/result.ts'
import { author, clean, newFolder, twin, unitValue } from '../../../host/store.ts'

let template: DataFolder
beforeAll(async () => {
  template = await newFolder()
  template.store.close()
})
afterAll(clean)

const partialIn = (store: Store): boolean[] => unwrap(listAudit({ limit: 20, direction: 'desc', kind: 'units.save' }, { store, env: { machine: '本机' } } as OpenContext)).items.map((one) => one.partial)

test('an action of two scopes is not whole before both parts are here; a machine that sees some units only waits for nothing', () => {
  const from = twin(template, '甲').store
  from.write({ kind: 'units.save', author }, (tx) => {
    for (const unit of ['u1', 'u2']) tx.put('unit', unit, 'identity', unitValue(unit), unit)
  })
  const parts = [...from.log.changes()].slice(-2)
  expect([parts.map((one) => one.scope).sort(), partialIn(from)]).toEqual([['u1', 'u2'], [false]])
  for (const order of [parts, [...parts].reverse()]) {
    const store = twin(template, `丙${order[0]!.scope}`).store
    store.log.apply(order.slice(0, 1))
    expect(partialIn(store)).toEqual([true])
    store.local.set(homeValue, 'u1')
    expect(partialIn(store)).toEqual([false])
    store.local.set(homeValue, '')
    store.log.apply(order)
    expect(partialIn(store)).toEqual([false])
    store.close()
  }
  from.close()
})
