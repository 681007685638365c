import { afterEach, beforeEach, expect, test } from 'vitest'
import { undoBulletin } from '../../../../electron/services/bulletins/undo.ts'
import { getReport } from '../../../../electron/services/bulletins/reports.ts'
import { getBulletin } from '../../../../electron/services/bulletins/list.ts'
import { reportPage } from '../../../../electron/store/queries/reports.ts'
import { allUnits } from '../../../../electron/store/queries/people.ts'
import { attempt, unwrap, type Result } from '../../../../shared/result.ts'
import { importBytes, importSample, makeOffice, type Office } from '../../../host/office.ts'
import { sampleFiles } from '../../../host/sample.ts'

const rosters = sampleFiles.slice(0, 2)
const header = '序号,镇街,PM2.5月均,PM10,优良天数比例(%),同比(%),位次,备注'
const csv = (title: string, ...rows: string[]): Uint8Array => new TextEncoder().encode([title, header, ...rows].join('\n'))
const june = '2026年6月环境空气质量通报'

let office: Office
beforeEach(async () => {
  office = await makeOffice()
  importSample(office, rosters)
})
afterEach(() => office.close())

const figures = (): Record<string, unknown> => Object.fromEntries(
  office.folder.store.read((db) => reportPage(db, { kind: 'air' }, 'asc', null, 100)).items.map((row) => [row.unit, row.figures['pm25']]),
)
const send = (name: string, bytes: Uint8Array) => unwrap(importBytes(office, name, bytes)).report
const undo = (id: string | null): Result<{ reports: number }> => {
  const done = attempt(() => undoBulletin({ id: id ?? '', reason: '报送错误' }, office.context))
  return done.ok ? done.value : done
}

test('undo takes rows away that the file made, and gives earlier values back to rows that it corrected', () => {
  const first = send('a.csv', csv(june, '1,荆河,40,60,70,-1,1,', '2,级索镇,50,61,71,-2,2,'))
  const second = send('b.csv', csv(june, '1,荆河,41,60,70,-1,1,', '3,姜屯镇,60,62,72,-3,3,'))
  expect(second.correctionOf).toMatchObject({ bulletinId: first.bulletinId, changed: 1, added: 1, equal: 0, absent: 1 })
  expect(figures()).toEqual({ 荆河街道办事处: 41, 级索镇人民政府: 50, 姜屯镇人民政府: 60 })
  expect(unwrap(undo(second.bulletinId))).toEqual({ reports: 2 })
  expect(figures()).toEqual({ 荆河街道办事处: 40, 级索镇人民政府: 50 })
  expect(undo(second.bulletinId)).toMatchObject({ ok: false, error: { code: 'BATCH_UNDONE' } })
  expect(office.folder.store.verify()).toEqual({ ok: true, problems: [] })
})

test('a value that a later file corrected stays when the earlier file goes; when the later goes too, nothing of either is left', () => {
  const first = send('a.csv', csv(june, '1,荆河,40,60,70,-1,1,', '2,级索镇,50,61,71,-2,2,'))
  const second = send('b.csv', csv(june, '1,荆河,41,60,70,-1,1,'))
  expect(unwrap(undo(first.bulletinId))).toEqual({ reports: 1 })
  expect(figures()).toEqual({ 荆河街道办事处: 41 })
  unwrap(undo(second.bulletinId))
  expect(figures()).toEqual({})
})

test('a correction that repeats a row leaves its figures and its first file in the history', () => {
  send('a.csv', csv(june, '1,荆河,40,60,70,-1,1,'))
  const second = send('b.csv', csv(`${june}（更正）`, '1,荆河,40,60,70,-1,1,', '2,级索镇,50,61,71,-2,2,'))
  expect(second.correctionOf).toMatchObject({ equal: 1, added: 1, changed: 0 })
  const row = office.folder.store.read((db) => reportPage(db, { query: '荆河' }, 'asc', null, 10)).items[0]
  const report = unwrap(getReport({ id: row?.id ?? '' }, office.context))
  expect(report.versions.map((one) => [one.version, one.fileName, one.figures['pm25']])).toEqual([[2, 'b.csv', 40], [1, 'a.csv', 40]])
  unwrap(undo(second.bulletinId))
  expect(figures()).toEqual({ 荆河街道办事处: 40 })
})

test('the same bytes again add nothing; after undo the same file can be imported again', () => {
  const bytes = csv(june, '1,荆河,40,60,70,-1,1,')
  const first = send('a.csv', bytes)
  expect(send('again.csv', bytes)).toMatchObject({ accepted: 0, bulletinId: null, duplicateOf: { bulletinId: first.bulletinId, file: 'a.csv' } })
  unwrap(undo(first.bulletinId))
  expect(send('a.csv', bytes).duplicateOf).toBeNull()
  expect(figures()).toEqual({ 荆河街道办事处: 40 })
})

test('a roster whose people already stand in reports is not taken back; an unused one goes whole', async () => {
  const bulletin = office.folder.store.read((db) => db.get<{ id: string }>(`SELECT id FROM bulletin WHERE kind = 'units'`))
  expect(undo(bulletin?.id ?? null)).toMatchObject({ ok: false, error: { code: 'BATCH_IN_USE' } })
  expect(unwrap(getBulletin({ id: bulletin?.id ?? '' }, office.context)).undone).toBe(false)
  const fresh = await makeOffice('fresh')
  try {
    const [units] = importSample(fresh, rosters.slice(0, 1))
    expect(fresh.folder.store.read(allUnits)).toHaveLength(57)
    unwrap(undoBulletin({ id: units?.report.bulletinId ?? '', reason: '名册有误' }, fresh.context))
    expect(fresh.folder.store.read(allUnits)).toHaveLength(0)
    expect(fresh.folder.store.verify().ok).toBe(true)
  } finally {
    fresh.close()
  }
})

test('a dry run stores nothing', () => {
  const digest = office.folder.store.digest()
  const report = unwrap(importBytes(office, 'a.csv', csv(june, '1,荆河,40,60,70,-1,1,', '2,不存在的镇,50,61,71,-2,2,'), { dryRun: true })).report
  expect(report).toMatchObject({ accepted: 1, refusedTotal: 1, bulletinId: null })
  expect(report.sample[0]).toMatchObject({ 'PM2.5月均': 40 })
  expect(office.folder.store.digest()).toEqual(digest)
})

test('the copy with 错误原因 is read like the original once its rows are put right', () => {
  const done = unwrap(importBytes(office, 'a.csv', csv(june, '1,荆河,40,60,70,-1,1,', '2,不存在的镇,50,61,71,-2,2,')))
  const text = new TextDecoder().decode(done.errors?.bytes).replace('不存在的镇', '级索镇')
  const again = send('a-错误原因.csv', new TextEncoder().encode(text))
  expect(again).toMatchObject({ accepted: 2, refusedTotal: 0, warnings: [] })
  expect(figures()).toEqual({ 荆河街道办事处: 40, 级索镇人民政府: 50 })
})
