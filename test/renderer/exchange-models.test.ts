import { expect, test } from 'vitest'
import { columnsToChoose } from '../../renderer/features/bulletins/columns-to-choose.ts'
import { anewFields, fieldRows, inOrder, isView, isWithdrawal, leafText, textOf, typed, withEdits, type Conflict } from '../../renderer/features/exchange/conflict-model.ts'
import { conflictName, hasHistory, keepWord, mayStand, viewHint } from '../../renderer/features/exchange/conflict-words.ts'
import { acceptLines, lackingParts, lightOf, mayAccept, partnersOf, stripText, type Picture, type Status } from '../../renderer/features/exchange/partner-model.ts'
import { tables } from '../../electron/store/tables.ts'
import { fieldLabel, registerName, tableName } from '../../renderer/text/registers.ts'

const person = '0190a000-0000-7000-8000-000000000001'

test('fields of both sides under their Chinese labels, differing ones first and marked, names instead of ids', () => {
  const rows = fieldRows('reply', [{ letterId: person, receivedOn: '2026-07-10', summary: '已办', form: '书面' }, { letterId: person, receivedOn: '2026-07-11', summary: '已办', form: '书面' }], { [person]: '某督函〔2026〕1号' })
  expect(rows.map(({ label, values, differs }) => [label, ...values, differs])).toEqual([
    ['收到日期', '2026-07-10', '2026-07-11', true], ['函件', '某督函〔2026〕1号', '某督函〔2026〕1号', false], ['内容摘要', '已办', '已办', false], ['形式', '书面', '书面', false],
  ])
})

test('a difference in a part that has no label is still told', () => {
  const rows = fieldRows('letter', [{ number: '1号', frozen: { content: { title: '提醒函', geometry: 'nominal' } } }, { number: '1号', frozen: { content: { title: '提醒函', geometry: 'compensated' } } }], {})
  expect(rows[0]).toMatchObject({ label: '其余内容', differs: true })
  expect(new Set(rows[0]?.values).size).toBe(2)
})

test('two letters under one name differ although their words are the same', () => {
  expect(fieldRows('letter', [{ letterId: 'a' }, { letterId: 'b' }], { a: '某函', b: '某函' })[0]?.differs).toBe(true)
})

test('figures with their units, closed lists and yes and no in words', () => {
  expect([leafText('figures.paidIn', 45_140_000, {}), leafText('kind', 'township', {}), leafText('isHead', true, {}), leafText('roles', ['enter', 'issue'], {}), leafText('note', null, {})]).toEqual(['4,514万元', '镇街', '是', '录入；签发', '—'])
})

test('every register whose conflict waits for a person has a name', () => {
  const waiting = Object.entries(tables).flatMap(([table, registers]) => Object.entries(registers).filter(([, spec]) => spec.conflict !== 'auto').map(([register]) => `${table}.${register}`))
  expect(waiting.filter((name) => !/\p{Script=Han}/u.test(registerName(...(name.split('.') as [string, string]))) || registerName(...(name.split('.') as [string, string])) === '其他记录')).toEqual([])
})

test('every column of such a register has a label, but for what only the program needs', () => {
  const technical = new Set(['post.post.officialId', 'proposal.finding.reportIds', 'letter.issue.frozen', 'numberAuthority.authority.origin', 'numberLease.lease.origin', 'report.content.figures'])
  const columns = Object.entries(tables).flatMap(([table, registers]) => Object.entries(registers).filter(([, spec]) => spec.conflict !== 'auto').flatMap(([register, spec]) => Object.keys(spec.columns).map((column) => [table, register, column] as const)))
  expect(columns.filter(([table, register, column]) => fieldLabel(table, column) === null && !technical.has(`${table}.${register}.${column}`)).map((one) => one.join('.'))).toEqual([])
  expect(Object.keys(tables).filter((table) => tableName(table) === '其他记录')).toEqual([])
})

test('hard ones come first, then the newest', () => {
  const one = (id: string, kind: 'hard' | 'review', at: number): Conflict => ({ id, class: kind, table: 'unit', row: 'r', register: 'identity', title: '', letterId: null, survivors: [{ id: '', at, author: '', origin: '', machine: '', value: {}, register: '', shown: true }] })
  expect(inOrder([one('a', 'review', 9), one('b', 'hard', 1), one('c', 'review', 10), one('d', 'hard', 2)]).map(({ id }) => id)).toEqual(['d', 'b', 'c', 'a'])
})

test('rules between rows: what it is, and which side can stand at all', () => {
  const side = (id: string, value: Record<string, unknown>, shown = false): Conflict['survivors'][number] => ({ id, at: 0, author: '', origin: '', machine: '', value, register: '', shown })
  const of = (table: string, register: string, survivors: Conflict['survivors']): Conflict => ({ id: 'x', class: 'hard', table, row: 'r', register, title: '改革办', letterId: null, survivors })
  const told = (conflict: Conflict) => [conflictName(conflict), isView(conflict), hasHistory(conflict), ...conflict.survivors.map((one) => (mayStand(conflict, one) ? keepWord(conflict, one) : null))]
  const used = of('unit', 'tombstone', [side('a', { deleted: true }, true), side('b', { officials: 2 })])
  const edited = of('unit', 'tombstone', [side('b', { name: '甲镇' }, true), side('a', { deleted: true })])
  expect([told(used), told(edited)]).toEqual([['删除了还在用的', true, true, null, '保留，不删除'], ['删除与修改相碰', false, true, '保留，不删除', '按删除办']])
  const named = (name: string) => side(name, { spelling: '改革办', unitId: name, name, shortName: '改革办', aliases: [] })
  const shared = of('unit', 'spelling', [named('发改局'), named('改革办')])
  expect([told(shared), viewHint(shared)]).toEqual([['几个单位用同一名称', true, false, null, null], expect.stringContaining('到单位页改')])
  expect(told(of('official', 'ring', [side('a', { officialId: 'a', joinedInto: 'b' })]))).toEqual(['干部被互相合并', true, false, '保留这次合并'])
  expect(told(of('numberLease', 'overlap', [side('a', { leaseId: 'a' })]))).toEqual(['文号段有相同的号', true, false, '保留这个号段'])
  expect(fieldRows('unit', [named('发改局').value, named('改革办公室').value], {}).map((row) => row.label)).toEqual(['单位名称', '简称'])
})

test('writing anew: figures by their own kind, what is no value is refused, the rest of the register stays', () => {
  const base = { kind: 'investment', period: '2026-06', figures: { signed: 3, paidIn: 1 }, remark: null }
  expect(anewFields({ table: 'report', register: 'content' }, base).map(({ path, label, kind }) => [path, label, kind])).toEqual([['figures.signed', '签约项目', 'number'], ['figures.paidIn', '到位资金（元）', 'number'], ['remark', '备注', 'long']])
  expect(anewFields({ table: 'letter', register: 'issue' }, {})).toEqual([])
  expect(withEdits(base, new Map<string, unknown>([['figures.signed', 4], ['remark', '补报']]))).toEqual({ ...base, figures: { signed: 4, paidIn: 1 }, remark: '补报' })
  expect(textOf(base, 'figures.signed')).toBe(3)
  expect([typed('number', '4.5'), typed('number', '四'), typed('date', '2026-07-06'), typed('date', '2026-02-30'), typed('text', '  '), typed('lines', '2027-01-02 2027-01-01'), typed('lines', '元旦')]).toEqual([4.5, undefined, '2026-07-06', undefined, null, ['2027-01-01', '2027-01-02'], undefined])
})

const partner = (device: string, name: string, lacks: number | null) => ({ device, name, scopes: ['all'], lastSent: null, lastReceived: null, seen: null, lacks, lacksSince: null, clockAhead: null })
const status = (gaps: Status['gaps']): Status => ({
  state: 'member', device: 'self', name: '本机', fingerprint: '', scopes: ['all'], canEnrol: true, escrowUnseen: false, news: null, parked: gaps.length, gaps, conflicts: { review: 0, hard: 0 }, alarms: [], blobsMissing: 0,
  partners: [partner('a', '甲镇', 0), partner('b', '乙镇', 3), partner('c', '丙镇', null), partner('d', '丁镇', 0)], revoked: [{ device: 'e', name: '戊镇', barred: 0 }],
})

test('who needs something comes first; each state has its own word and shape', () => {
  const list = partnersOf(status([{ origin: '', scope: '', from: 1, to: 2, before: '', machine: '丁镇' }]), null)
  expect(list.map((one) => [one.name, lightOf(one).text, lightOf(one).tone])).toEqual([['丁镇', '有缺号', 'alert'], ['丙镇', '还没有消息', 'idle'], ['乙镇', '还缺 3 条', 'wait'], ['甲镇', '齐全', 'done'], ['戊镇', '已停用', 'off']])
  // Nothing is worse than equal records that read differently.
  const unequal = partnersOf({ ...status([]), alarms: [{ device: 'd', name: '丁镇', scopes: ['shared'], at: 1 }] }, null)
  expect(unequal.slice(0, 2).map((one) => [one.name, lightOf(one).text, lightOf(one).tone])).toEqual([['丁镇', '状态不一致', 'alert'], ['丙镇', '还没有消息', 'idle']])
})

test('records of a revoked machine that do not count: what they are, and where they can be accepted', () => {
  const one = status([])
  const revoked = [{ device: 'f', name: '丁镇旧机', barred: 0 }, { device: 'e', name: '戊镇', barred: 2 }]
  expect(partnersOf({ ...one, revoked }, null).map(({ name, barred }) => [name, barred]).slice(-2)).toEqual([['戊镇', 2], ['丁镇旧机', 0]])
  expect([mayAccept(one), mayAccept({ ...one, scopes: ['unit-1'] }), mayAccept({ ...one, canEnrol: false })]).toEqual([true, false, false])
  const plan = { device: 'e', name: '戊镇', changes: 12, rows: { unit: 1, letter: 3, newer: 2 }, numbers: ['某督函〔2026〕1号'], numbersTotal: 1, seen: '' }
  expect(acceptLines(plan)).toEqual(['函件 3 件', '其他记录 2 条', '单位 1 个', '签发的文号：某督函〔2026〕1号'])
  expect(acceptLines({ ...plan, numbersTotal: 120 }).at(-1)).toBe('签发的文号：某督函〔2026〕1号等 120 个')
  expect(acceptLines({ ...plan, rows: {}, numbers: [], numbersTotal: 0 })).toEqual([])
})

test('the strip in words, most first, what is not for it to see left out', () => {
  const machine = (device: string, self = false): Picture['machines'][number] => ({ device, name: device, self, revoked: false, units: [], told: 1 })
  const picture: Picture = { machines: [machine('本', true), machine('甲'), machine('乙'), machine('丙')], lacks: [[0, 0, 0, 0], [2, 0, -1, 12], null, [0, 0, 0, 0]], strangers: [0, 1, 0, 0] }
  expect(lackingParts(picture, 1)).toEqual([{ name: '丙', count: 12 }, { name: '本机', count: 2 }, { name: '未登记的机器', count: 1 }])
  expect(stripText(picture, 1, 2)).toBe('缺 丙 12 条、本机 2 条，另有 1 台')
  expect([stripText(picture, 2), stripText(picture, 3)]).toEqual(['还没有收到过它的消息，不知道它有什么', '各机器的记录都齐全'])
})

test('a refused header gives its columns to choose from; any other refusal gives none', () => {
  const params = { kind: 'tasks', missing: ['状态'], columnLetters: ['A', 'B'], columnHeaders: ['事项编号', '办到哪了'], columnKeys: ['事项编号', '办到哪了'], columnFields: ['item', ''], fieldNames: ['item', 'status'], fieldLabels: ['事项编号', '状态'] }
  expect(columnsToChoose({ code: 'HEADER_NOT_FOUND', params })).toEqual({
    columns: [{ key: '事项编号', column: 'A', header: '事项编号', field: 'item' }, { key: '办到哪了', column: 'B', header: '办到哪了', field: null }], fields: [{ field: 'item', label: '事项编号' }, { field: 'status', label: '状态' }],
  })
  expect(columnsToChoose({ code: 'HEADER_NOT_FOUND', params: { kind: 'tasks', missing: [] } })).toBeNull()
  expect(columnsToChoose({ code: 'KIND_UNKNOWN', params })).toBeNull()
})

test('taking the removal of a letter withdraws it where one side issued it, and only then', () => {
  const [gone, issued, edited] = [{ register: 'tombstone', value: { deleted: true } }, { register: 'issue', value: {} }, { register: 'draft', value: {} }]
  expect(isWithdrawal({ table: 'letter', survivors: [issued, gone] }, gone)).toBe(true)
  expect(isWithdrawal({ table: 'letter', survivors: [issued, gone] }, issued)).toBe(false)
  expect(isWithdrawal({ table: 'letter', survivors: [edited, gone] }, gone)).toBe(false)
  expect(isWithdrawal({ table: 'unit', survivors: [gone] }, gone)).toBe(false)
})
