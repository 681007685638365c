/**
 * What an office writes in years, as writes of registers: nine in ten by imports (rows of reports, 10,000 writes an action, 1,000 a change), the rest by
 * clerks, four writes an action: a proposal and a letter are made, then both are edited. All text is invented.
 */
import type { Action, WriteTx } from '../../../electron/store/store.ts'
import type { RegisterName, RegisterValue, TableName } from '../../../electron/store/tables.ts'
import { unitName } from './county.ts'

export type Edit = { readonly table: TableName; readonly id: string; readonly register: string; readonly value: unknown }
export type EditAction = Action & { readonly edits: readonly Edit[] }

const author = '01920000-0000-7000-8000-000000000001'
export const importEdits = 10_000
const clerkEdits = 4

/** A row id that follows from its kind and number, random enough for an index to feel it. */
function idOf(kind: number, i: number): string {
  const mixed = (Math.imul(i + 1, 0x9e3779b1) ^ (kind * 0x85ebca6b)) >>> 0
  const [a, b] = [mixed.toString(16).padStart(8, '0'), i.toString(16).padStart(12, '0')]
  return `${a}-${kind.toString(16).padStart(4, '0')}-5000-8000-${b}`
}

function edit<T extends TableName, R extends RegisterName<T>>(table: T, id: string, register: R, value: RegisterValue<T, R>): Edit {
  return { table, id, register, value }
}

function reportEdits(row: number): Edit[] {
  const id = idOf(1, row)
  const figures = { contract: ((row * 37) % 9_000) / 100, arrived: ((row * 53) % 70_000) / 10_000, target: 8 + (row % 5), started: row % 4, rank: (row % 21) + 1 }
  const remark = row % 3 === 0 ? `第${row}项已签约，正在办理用地手续` : null
  return [
    edit('report', id, 'content', { kind: 'investment', period: `20${20 + (row % 7)}-0${(row % 9) + 1}`, unitId: idOf(2, row % 100), officialId: idOf(3, row % 4_000), item: `${unitName(row % 100)}第${row}项`, figures, remark }),
    edit('report', id, 'provenance', { bulletinId: idOf(4, Math.floor(row / 5_000)), sheet: '招商引资', sheetRow: (row % 5_000) + 4, version: 1 }),
  ]
}

function draft(i: number, text: string): Edit {
  const content = { paragraphs: [`关于第${i}项工作推进缓慢的情况`, text] }
  return edit('letter', idOf(6, i), 'draft', {
    type: 'reminder', unitId: idOf(2, i % 100), officialId: idOf(3, i % 4_000), matter: `第${i}项`, cause: 'behind', content, proposalIds: [idOf(5, i)], draftedBy: author, stepReason: null, earlierLetterId: null, replyDays: 5,
  })
}

function decision(i: number, state: string, letterId: string | null): Edit {
  return edit('proposal', idOf(5, i), 'decision', { state, reason: null, letterId, decidedBy: author, decidedOn: '2026-06-30' })
}

function clerkEditsOf(action: number): Edit[] {
  const i = Math.floor(action / 2)
  if (action % 2 === 1) {
    return [
      draft(i, '请于收到本函之日起五个工作日内书面回复整改情况。'), edit('letter', idOf(6, i), 'check', { checkState: 'passed', checkedBy: author, checkNote: null }),
      decision(i, 'accepted', idOf(6, i)), edit('proposal', idOf(5, i), 'addressee', { addresseeId: idOf(3, i % 4_000) }),
    ]
  }
  const finding = { ruleId: 'R1', ruleVersion: 1, period: '2026-06', unitId: idOf(2, i % 100), officialId: idOf(3, i % 4_000), item: `第${i}项`, measure: 'rate', matter: `第${i}项`, cause: 'behind', basis: '低于序时进度', facts: [`完成率${i % 60}%`], reportIds: [idOf(1, i)], aboutLetterId: null, foundOn: '2026-06-30' }
  return [
    edit('proposal', idOf(5, i), 'finding', finding), decision(i, 'open', null),
    draft(i, '请抓紧推进。'), edit('letter', idOf(6, i), 'check', { checkState: 'submitted', checkedBy: null, checkNote: null }),
  ]
}

/** `count` writes in all, imports and clerks by turns. */
export function* editActions(count: number): IterableIterator<EditAction> {
  const clerksPerImport = Math.round(importEdits / 9 / clerkEdits / 2) * 2
  let [written, row, action] = [0, 0, 0]
  while (written < count) {
    const rows = Math.min(importEdits, count - written) / 2
    const edits: Edit[] = []
    for (let i = 0; i < rows; i++) edits.push(...reportEdits(row++))
    written += edits.length
    yield { kind: 'bulletins.import', author, edits }
    for (let i = 0; i < clerksPerImport && written < count; i++, written += clerkEdits) yield { kind: 'letters.draft', author, edits: clerkEditsOf(action++) }
  }
}

/** `count` actions of one write each, so as many changes: the rows are those of `seed` alone. */
export function* singleEdits(count: number, seed: number): IterableIterator<EditAction> {
  for (let i = 0; i < count; i++) yield { kind: 'reports.correct', author, edits: reportEdits(seed + i).slice(0, 1) }
}

export function putEdits(tx: WriteTx, edits: readonly Edit[]): void {
  for (const { table, id, register, value } of edits) tx.put(table, id, register as never, value as never)
}
