/** A big file is read in one thread and stored by another: the record is the one that a single thread makes. */
import { utils, write } from '@e965/xlsx'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runImport } from '../../../../electron/jobs/run-import.ts'
import { importFile, type ImportDone, type ImportRequest } from '../../../../electron/services/bulletins/import-file.ts'
import { streamRows, type StreamMessage } from '../../../../electron/services/bulletins/row-stream.ts'
import { pack, unpack } from '../../../../electron/services/bulletins/stream-pack.ts'
import { undoBulletin } from '../../../../electron/services/bulletins/undo.ts'
import { uuidV7 } from '../../../../electron/store/ids.ts'
import { err, unwrap, type Result } from '../../../../shared/result.ts'
import { officialName, officialsWorkbook, unitsWorkbook } from '../../../../build/bench/support/county.ts'
import { importBytes, makeOffice, quiet, type Office } from '../../../host/office.ts'

const perUnit = 3
const title = ['2026年6月份全市双招双引工作情况通报']
const head = ['序号', '镇街', '责任领导', '全年任务', '在谈项目', '签约项目', '签约额(万元)', '开工项目', '到位资金(万元)', '完成率', '位次', '备注']
/** Enough for the reading in parts; the first 300 are distinct, the others repeat them. */
const many = 20_100

type Line = (string | number)[]
function lines(count: number, signed = 5): Line[] {
  return Array.from({ length: count }, (_, i) => [i + 1, i % 501 === 7 ? '第一百零一街道' : `第${(i % 100) + 1}街道`, officialName(i % 100, Math.floor(i / 100) % perUnit), 8, i % 7, signed, 12.5, 1, 30, 40, (i % 21) + 1, `第${i}行`])
}
function book(...sheets: readonly (readonly [string, Line[]])[]): Uint8Array {
  const made = utils.book_new()
  for (const [name, rows] of sheets) utils.book_append_sheet(made, utils.aoa_to_sheet(rows), name)
  return new Uint8Array(write(made, { type: 'buffer', bookType: 'xlsx', bookSST: true }) as Buffer)
}

let office: Office
beforeAll(async () => {
  office = await makeOffice('streamed')
  unwrap(importBytes(office, '单位名册.xlsx', unitsWorkbook()))
  unwrap(importBytes(office, '干部名册.xlsx', officialsWorkbook(perUnit)))
}, 120_000)
afterAll(() => office.close())

const requestOf = (bytes: Uint8Array): ImportRequest => ({ file: { name: '招商引资通报.xlsx', bytes }, choice: { kind: null, period: null, sender: null, mapping: null }, dryRun: false, author: office.context.account.id })

function messagesOf(request: ImportRequest): StreamMessage[] {
  const messages: StreamMessage[] = []
  streamRows(office.folder.store, request, uuidV7(office.env.now(), office.env.random), quiet, (message) => messages.push(message))
  return messages
}

function importMessages(request: ImportRequest, messages: readonly StreamMessage[]): Result<ImportDone> {
  // As they come out of another thread.
  const rest = messages.map((message) => unpack(structuredClone(pack(message))))
  office.env.clock.now += 60_000
  return importFile(office.folder.store, request, quiet, () => rest.shift()!)
}

/** The reports as they stand, without the id of their bulletin. */
const rowsNow = (): unknown[] => office.folder.store.read((db) => db.all('SELECT id, scope, kind, period, unitId, officialId, item, figures, remark, sheet, sheetRow FROM report WHERE deleted = 0 ORDER BY id'))
function undo({ report }: ImportDone): void {
  unwrap(undoBulletin({ id: report.bulletinId!, reason: '再报' }, { ...office.context, store: office.folder.store }))
}
const clean = (): void => expect(office.folder.store.verify().problems).toEqual([])
const told = ({ report, errors }: ImportDone) => ({ report: { ...report, bulletinId: null }, errors })

describe('a file that is read in another thread', () => {
  it('gives the same rows, refusals and report', () => {
    const request = requestOf(book(['通报', [title, head, ...lines(many)]]))
    const alone = unwrap(importFile(office.folder.store, request, quiet))
    const rows = rowsNow()
    undo(alone)
    const messages = messagesOf(request)
    expect(messages.map((one) => one.type)).toEqual(['begin', 'rows', 'rows', 'end'])
    const streamed = unwrap(importMessages(request, messages))
    expect(told(streamed)).toEqual(told(alone))
    expect(streamed.report.accepted).toBe(rows.length)
    expect(streamed.errors).not.toBeNull()
    expect(rowsNow()).toEqual(rows)
    clean()
    undo(streamed)
  }, 120_000)

  it('is stored by its whole where its end tells something else, and only once', () => {
    const request = requestOf(book(['通报', [title, head, ...lines(many)]], ['续表', [title, head, ...lines(30)]]))
    const messages = messagesOf(request)
    expect(messages.map((one) => one.type)).toEqual(['begin', 'rows', 'whole'])
    // Rows before it, here of another file so that they can be told apart, must count for nothing.
    const early = messagesOf(requestOf(book(['通报', [title, head, ...lines(many, 6)]])))
    const done = unwrap(importMessages(request, [early[0]!, early[1]!, messages.at(-1)!]))
    expect(done.report.refusedTotal).toBeGreaterThan(many - 300)
    expect(rowsNow()).toHaveLength(done.report.accepted)
    expect(office.folder.store.read((db) => db.get<{ n: number }>(`SELECT count(*) AS n FROM report WHERE json_extract(figures, '$.signed') <> 5`))).toEqual({ n: 0 })
    clean()
    undo(done)
  }, 120_000)

  it('that turns out to be damaged leaves nothing', () => {
    const before = office.folder.store.digest()
    const request = requestOf(book(['通报', [title, head, ...lines(many)]]))
    const [begin, rows] = messagesOf(request)
    const refused = err('FILE_DAMAGED', { file: 'a.xlsx', what: 'zip' })
    expect(importMessages(request, [begin!, rows!, { type: 'whole', checked: refused }])).toEqual(refused)
    expect(office.folder.store.digest()).toEqual(before)
    expect(rowsNow()).toEqual([])
  }, 120_000)

  it('goes through two real threads, and a cancel ends both', async () => {
    const request = requestOf(book(['通报', [title, head, ...lines(many)]]))
    const input = { dir: office.env.dataDir, key: office.folder.key, request }
    const caps = { timeMs: null, memoryMb: 1_024 }
    const abort = new AbortController()
    const before = office.folder.store.digest()
    const stopped = await runImport(input, { signal: abort.signal, report: () => abort.abort() }, { ...caps, graceMs: 3_600_000 }, undefined, 0)
    expect(stopped).toMatchObject({ ok: false, error: { code: 'CANCELLED' } })
    expect(office.folder.store.digest()).toEqual(before)
    const steps = new Set<string | undefined>()
    const done = unwrap(await runImport(input, { signal: new AbortController().signal, report: ({ step }) => steps.add(step) }, caps, undefined, 0))
    expect(done.report).toMatchObject({ duplicateOf: null, accepted: rowsNow().length })
    expect(rowsNow().length).toBeGreaterThan(200)
    expect([...steps]).toEqual(expect.arrayContaining(['import.reading', 'import.storing']))
    clean()
  }, 240_000)
})
