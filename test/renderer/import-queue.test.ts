import { describe, expect, test } from 'vitest'
import { afterImport, byImportOrder, confirmable, held, importable, nextStep, withFiles, withItem, type QueueItem } from '../../renderer/features/bulletins/import-queue.ts'
import type { ImportReport } from '../../shared/contract/bulletins.ts'

const report = (kind: ImportReport['kind'], accepted = 5): ImportReport => ({
  file: 'x', kind, period: null, sender: null, accepted, skipped: 0, refused: [], refusedTotal: 0, warnings: [], duplicateOf: null, correctionOf: null, sample: [], columns: [], fields: [], bulletinId: null, errorFile: null,
})
const files = (...names: string[]): File[] => names.map((name) => new File(['x'], name))
const ready = (queue: readonly QueueItem[], key: number, made: ImportReport): readonly QueueItem[] => withItem(queue, key, { state: 'ready', token: `token-${key}`, report: made })

describe('order of import', () => {
  test('rosters first, units before officials, then by name with numbers counted', () => {
    const names = ['10月招商通报.xlsx', '干部名册.xlsx', '2月招商通报.xlsx', '单位名册.xlsx'].map((name) => ({ name })).sort(byImportOrder).map(({ name }) => name)
    expect(names).toEqual(['单位名册.xlsx', '干部名册.xlsx', '2月招商通报.xlsx', '10月招商通报.xlsx'])
  })

  test('files added later stand behind those that wait', () => {
    const queue = withFiles(withFiles([], files('b.xlsx', 'a.xlsx'), 1), files('单位名册.xlsx'), 3)
    expect(queue.map((item) => item.name)).toEqual(['a.xlsx', 'b.xlsx', '单位名册.xlsx'])
    expect(new Set(queue.map((item) => item.key)).size).toBe(3)
  })
})

describe('what comes next', () => {
  const two = withFiles([], files('01-单位名册.xlsx', '03-通报.xlsx'), 1)
  const [roster, bulletin] = two.map((item) => item.key) as [number, number]

  test('dry runs one by one; nothing is imported that was not confirmed', () => {
    expect(nextStep(two, [])).toMatchObject({ item: { key: roster }, dryRun: true })
    const read = ready(ready(two, roster, report('units')), bulletin, report('investment'))
    expect(nextStep(read, []).item).toBeNull()
    expect(nextStep(read, [bulletin])).toMatchObject({ item: { key: bulletin }, dryRun: false })
  })

  test('while a roster waits, one click confirms only rosters, and the rest is read again behind them', () => {
    const read = ready(ready(two, roster, report('units')), bulletin, report('investment', 0))
    expect(confirmable(read).map((item) => item.key)).toEqual([roster])
    const done = withItem(read, roster, { state: 'done' })
    const after = afterImport(done, done[0]!)
    expect(after.map((item) => item.state)).toEqual(['done', 'queued'])
    expect(confirmable(ready(after, bulletin, report('investment'))).map((item) => item.key)).toEqual([bulletin])
  })

  test('a bulletin is not tried while a roster waits to be confirmed, unless a person said what it is; a repeated roster holds nothing up', () => {
    const read = ready(two, roster, report('units'))
    expect([held(read, read[1]!), nextStep(read, []).item]).toEqual([true, null])
    expect(nextStep(withItem(read, roster, { state: 'done' }), []).item?.key).toBe(bulletin)
    expect(nextStep(ready(two, roster, { ...report('units'), duplicateOf: { bulletinId: 'b', file: 'old.xlsx' } }), []).item?.key).toBe(bulletin)
    expect(nextStep(withItem(read, bulletin, { set: { kind: 'investment', period: null, mapping: null } }), []).item?.key).toBe(bulletin)
  })

  test('a bulletin that goes in leaves the others as they are', () => {
    const read = ready(ready(two, roster, report('units')), bulletin, report('air'))
    expect(afterImport(read, read[1]!)).toBe(read)
  })

  test('repeated files and files without a good row are not imported', () => {
    const again = { ...report('air'), duplicateOf: { bulletinId: 'b', file: 'old.xlsx' } }
    expect(importable(ready(two, bulletin, again)[1]!)).toBe(false)
    expect(importable(ready(two, bulletin, report('air', 0))[1]!)).toBe(false)
    expect(nextStep(ready(withItem(two, roster, { state: 'done' }), bulletin, again), [bulletin])).toEqual({ item: null, dryRun: false, drop: [bulletin] })
  })
})
