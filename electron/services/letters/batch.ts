/**
 * 批量签发. The plan (sets of letters in the order of units) is stored first; every write that issues some of them also says how far the batch is, so a crash
 * or a cancel leaves a batch that goes on where it stopped, and no letter is issued twice.
 */
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import type { ErrorCode, ErrorParams } from '../../../shared/errors.ts'
import { attempt, Refusal } from '../../../shared/result.ts'
import { newestBatches } from '../../store/queries/batches.ts'
import { accountName } from '../../store/queries/letter-parts.ts'
import { letterRows } from '../../store/queries/letters.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { Store, WriteTx } from '../../store/store.ts'
import type { Account } from '../context.ts'
import { refuseWalk, walk } from './issue-proposals.ts'
import { byUnit, issueSets } from './order.ts'
import { letterRowsOf, officeOf, type Office } from './rows.ts'

export type RefusedLetter = { readonly letterId: string; readonly code: ErrorCode; readonly params: ErrorParams }
export type BatchActor = { readonly account: Account; readonly env: { readonly today: () => string } }
type Sets = readonly (readonly string[])[]

/** Sets per write: small enough to stop soon, large enough that the disk is not asked for every letter. */
const setsAtOnce = 25

const setsOf = (batch: Row<'batch'>): Sets => (batch.sets ?? []) as Sets
const refusedOf = (batch: Row<'batch'>): readonly RefusedLetter[] => (batch.refused ?? []) as readonly RefusedLetter[]

/** Refusal NOT_FOUND. */
export function batchOf(db: ReadDb, id: string): Row<'batch'> {
  const batch = rowById(db, 'batch', id)
  if (batch === undefined || batch.sets === null) throw new Refusal('NOT_FOUND', { what: 'batch' })
  return batch
}

/** Stores the plan. NOT_FOUND for an unknown letter, LETTER_STATE {together} for half of a 黄牌 + 约谈. */
export function planBatch(store: Store, ids: readonly string[], date: string, actor: BatchActor): string {
  return store.write({ kind: 'letters.batch', author: actor.account.id }, (tx) => {
    const distinct = [...new Set(ids)]
    const rows = letterRows(tx, distinct)
    if (rows.length !== distinct.length) throw new Refusal('NOT_FOUND', { what: 'letter' })
    const sets = issueSets(tx, byUnit(tx, rows, (row) => row.unitId).map((row) => row.id))
    const id = tx.newId()
    tx.put('batch', id, 'plan', { sets, date, startedBy: actor.account.id, startedOn: tx.now })
    return id
  })
}

function issueSet(tx: WriteTx, set: readonly string[], date: string, office: Office): void {
  const waiting = letterRows(tx, set).filter((row) => row.issuedOn === null)
  // Before anything is written for the set: it goes as a whole or not at all.
  for (const row of waiting) refuseWalk(tx, row.id, date, office)
  for (const row of waiting) walk(tx, row.id, date, office)
}

/** Trouble of the disk or the data ends the batch; what is wrong with one letter does not. */
const endsAll = (code: ErrorCode): boolean => code.startsWith('DISK_') || code.startsWith('DATA_') || code === 'CANCELLED' || code === 'BUSY'

/** One write: these sets are issued, or with `refused` only noted, and the batch knows. */
function writeSets(store: Store, batch: Row<'batch'>, sets: Sets, done: number, refused: readonly RefusedLetter[], actor: BatchActor, issue: boolean): void {
  store.write({ kind: 'letters.batch', author: actor.account.id }, (tx) => {
    const office = officeOf(tx, actor)
    if (issue) for (const set of sets) issueSet(tx, set, batch.date ?? '', office)
    const total = setsOf(batch).length
    const { finishedOn } = batchOf(tx, batch.id)
    tx.put('batch', batch.id, 'progress', { done, refused: [...refused], finishedOn: done === total ? (finishedOn ?? tx.now) : null })
  })
}

/** `told(done, total)` after every write; it may throw to stop between two of them. DATE_ORDER, NUMBER_* and what is wrong with a letter land in `refused`. */
export function runBatch(store: Store, id: string, actor: BatchActor, told: (done: number, total: number) => void): void {
  const batch = store.read((db) => batchOf(db, id))
  const sets = setsOf(batch)
  let refused = refusedOf(batch)
  const step = (from: number, slice: Sets): void => {
    const outcome = attempt(() => writeSets(store, batch, slice, from + slice.length, refused, actor, true))
    if (outcome.ok) return
    const { code, params } = outcome.error
    if (endsAll(code)) throw new Refusal(code, params)
    // One letter of many holds the others up: they are taken one by one, and only it stays behind.
    if (slice.length > 1) return slice.forEach((set, index) => step(from + index, [set]))
    refused = [...refused, ...(slice[0] ?? []).map((letterId) => ({ letterId, code, params }))]
    writeSets(store, batch, slice, from + 1, refused, actor, false)
  }
  for (let at = batch.done ?? 0; at < sets.length; at += setsAtOnce) {
    told(at, sets.length)
    step(at, sets.slice(at, at + setsAtOnce))
  }
  told(sets.length, sets.length)
}

/** Every refused set again: what was missing may have been completed since. */
export function reopenRefused(store: Store, id: string, actor: BatchActor): void {
  const batch = store.read((db) => batchOf(db, id))
  const again = new Set(refusedOf(batch).map((one) => one.letterId))
  if (again.size === 0) return
  const sets = setsOf(batch)
  const open = (set: readonly string[]): boolean => set.some((one) => again.has(one))
  const [dealt, left] = [sets.slice(0, batch.done ?? 0), sets.slice(batch.done ?? 0)]
  const kept = dealt.filter((set) => !open(set))
  store.write({ kind: 'letters.batch', author: actor.account.id }, (tx) => {
    const next = byUnit(tx, [...dealt.filter(open), ...left], (set) => letterRows(tx, set)[0]?.unitId ?? null)
    tx.put('batch', id, 'plan', { sets: [...kept, ...next], date: batch.date, startedBy: batch.startedBy, startedOn: batch.startedOn })
    tx.put('batch', id, 'progress', { done: kept.length, refused: [], finishedOn: null })
  })
}

export type BatchLetters = { readonly letters: readonly LetterRow[]; readonly refused: readonly RefusedLetter[] }

/** The standing letters of the batch in the order of units (withdrawn ones are not printed again), and who stayed behind. */
export function batchLetters(db: ReadDb, id: string, actor: BatchActor): BatchLetters {
  const batch = batchOf(db, id)
  const rows = letterRowsOf(db, setsOf(batch).flat(), officeOf(db, actor).today)
  return { letters: byUnit(db, rows.filter((row) => row.issuedOn !== null && row.state !== 'void'), (row) => row.unitId), refused: refusedOf(batch) }
}

export function listBatches(db: ReadDb) {
  return newestBatches(db, 50).map((batch) => {
    const sets = setsOf(batch)
    return {
      id: batch.id, date: batch.date ?? '', startedOn: batch.startedOn ?? 0, startedBy: accountName(db, batch.startedBy) ?? '', total: sets.flat().length, done: sets.slice(0, batch.done ?? 0).flat().length,
      refused: refusedOf(batch).length, finishedOn: batch.finishedOn, printedOn: batch.printedOn, printedBy: accountName(db, batch.printedBy),
    }
  })
}
