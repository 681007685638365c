/** The register of 100,000 letters: a page of 100 in every sorting and with the filters of the window, and searches of two-character words. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { createDataFolder, type DataFolder } from '../../electron/store/data-folder.ts'
import { listLetters, type LetterFilter, type LetterSort } from '../../electron/store/queries/letters.ts'
import type { ReadDb } from '../../electron/store/read-db.ts'
import type { WriteTx } from '../../electron/store/store.ts'
import { unwrap } from '../../shared/result.ts'
import type { Figure } from './support/figure.ts'
import { addDays } from '../../shared/text/dates.ts'

export const letterSorts: readonly LetterSort[] = ['number', 'issuedOn', 'replyDue', 'unit', 'official', 'state', 'created']
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许']
const given = [...'明远建国学林立新文军志强海涛']
const matters = ['招商引资', '重点项目', '大气污染防治', '督查事项', '综合考核']
const types = ['reminder', 'supervision', 'interview', 'yellowCard'] as const

/** Hash of a counter (the finish of MurmurHash3): the same letters on every machine. */
function mix(value: number): number {
  let hash = Math.imul(value ^ 0x9e3779b9, 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function putPeople(tx: WriteTx): void {
  for (let unit = 0; unit < 89; unit += 1) tx.put('unit', `u${unit}`, 'identity', { name: `第${unit}单位办事处`, kind: unit < 21 ? 'township' : 'department' })
  for (let one = 0; one < 800; one += 1) {
    const name = `${surnames[one % surnames.length]}${given[mix(one) % given.length]}${given[mix(one * 7) % given.length]}`
    tx.put('official', `o${one}`, 'identity', { name, gender: '男', birth: '1975-01' })
  }
}

/** Ten years of 10,000 letters; nine in ten are closed, as in an office's record. */
function putLetter(tx: WriteTx, index: number, perYear: number): void {
  const id = tx.newId()
  const year = 2017 + Math.floor(index / perYear)
  const seq = (index % perYear) + 1
  const official = mix(index) % 800
  const unitId = `u${official % 89}`
  const matter = matters[mix(index * 3) % matters.length] ?? ''
  const type = types[mix(index * 5) % types.length] ?? 'reminder'
  const issuedOn = addDays(`${year}-01-02`, Math.floor(((seq - 1) * 360) / perYear))
  const roll = mix(index * 11) % 100
  const names = { unit: `第${official % 89}单位办事处`, official: `${surnames[official % surnames.length]}${given[mix(official) % given.length]}${given[mix(official * 7) % given.length]}`, post: '主任' }
  tx.put('letter', id, 'draft', {
    type, unitId, officialId: `o${official}`, matter, cause: `${matter}工作进展缓慢第${index}项`, content: {}, proposalIds: [], draftedBy: 'a', stepReason: null, earlierLetterId: null, replyDays: 15,
  })
  if (roll === 99) return
  tx.put('letter', id, 'issue', { number: `滕督函〔${year}〕${seq}号`, series: '滕督函', year, seq, issuedOn, issuedBy: 'a', frozen: names, template: 'bench' })
  if (roll >= 97) return
  tx.put('delivery', tx.newId(), 'fact', { letterId: id, deliveredAt: `${issuedOn}T09:00`, receiver: '本人', relation: null, method: null, place: null, server: null, note: null })
  tx.put('letter', id, 'due', { replyDue: addDays(issuedOn, 21), replyDueBasis: '' })
  if (roll < 90) tx.put('letter', id, 'close', { closedOn: addDays(issuedOn, 30), closedBy: 'a', conclusion: '认可' })
}

export function fillRegister(folder: DataFolder, letters: number): void {
  folder.store.write({ kind: 'bench.people', author: 'a' }, putPeople)
  for (let from = 0; from < letters; from += 10_000) {
    folder.store.write({ kind: 'bench.letters', author: 'a' }, (tx) => {
      for (let index = from; index < Math.min(letters, from + 10_000); index += 1) putLetter(tx, index, Math.max(1, Math.ceil(letters / 10)))
    })
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

/** First page, the one behind it, and the last one (by turning the direction); the median of the slowest of them over the rounds. */
function pageTime(db: ReadDb, filter: LetterFilter, sort: LetterSort, rounds: number): number {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const cursors: (string | null)[] = [null]
    let slowest = 0
    for (const direction of ['asc', 'desc'] as const) {
      for (const step of [0, 1]) {
        const begun = performance.now()
        const page = listLetters(db, filter, sort, direction, step === 0 ? null : (cursors.at(-1) ?? null), 100)
        slowest = Math.max(slowest, performance.now() - begun)
        cursors.push(page.next)
      }
    }
    times.push(slowest)
  }
  return median(times)
}

export const benchFilters: Readonly<Record<string, LetterFilter>> = {
  none: {}, closed: { states: ['closed'] }, waiting: { states: ['awaiting', 'supplement'] }, draft: { states: ['draft'] }, type: { type: 'interview' }, year: { year: 2018 }, typeYear: { type: 'interview', year: 2025 },
  unit: { unitId: 'u7' }, official: { officialId: 'o99' }, overdue: { overdueOn: '2030-01-01' }, closedYear: { states: ['closed'], year: 2020 },
}
/** Two characters each: in a fifth of all letters, in one unit's, in one person's, in every letter, in none. */
export const benchWords = ['招商', '建国', '赵明', '工作', '无此']

export type RegisterBench = {
  readonly letters: number; readonly fillSeconds: number
  /** Median ms of the slowest page, by filter and sort. */
  readonly pages: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly search: Readonly<Record<string, number>>
  readonly worstPage: number
  readonly worstSearch: number
}

export async function bench(): Promise<Figure[]> {
  const { letters, fillSeconds, worstPage, worstSearch } = await benchRegister()
  const note = `${letters} letters, made in ${fillSeconds.toFixed(0)} s`
  return [
    { name: 'register: slowest page of 100, any sorting and filter', figure: worstPage, unit: 'ms', limit: 20, note },
    { name: 'register: slowest page of a search', figure: worstSearch, unit: 'ms', limit: 50, note: benchWords.join(' ') },
  ]
}

/** `letters` in a fresh encrypted folder that is removed afterwards. */
export async function benchRegister(letters = 100_000, rounds = 5): Promise<RegisterBench> {
  const root = mkdtempSync(join(tmpdir(), 'dutydesk-bench-'))
  const random = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))
  const folder = unwrap(await createDataFolder(join(root, 'data'), { env: { now: () => Date.now(), random }, account: { id: 'a', name: '管理员', password: 'bench-2026-bench' } }))
  try {
    const begun = performance.now()
    fillRegister(folder, letters)
    const fillSeconds = (performance.now() - begun) / 1000
    return folder.store.read((db) => {
      const pages = Object.fromEntries(Object.entries(benchFilters).map(([name, filter]) => [name, Object.fromEntries(letterSorts.map((sort) => [sort, pageTime(db, filter, sort, rounds)]))]))
      const search = Object.fromEntries(benchWords.map((query) => [query, Math.max(...letterSorts.map((sort) => pageTime(db, { query }, sort, rounds)))]))
      return { letters, fillSeconds, pages, search, worstPage: Math.max(...Object.values(pages).flatMap((one) => Object.values(one))), worstSearch: Math.max(...Object.values(search)) }
    })
  } finally {
    folder.store.close()
    rmSync(root, { recursive: true, force: true })
  }
}
