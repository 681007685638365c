/** A draft that one machine discards while another one issues it: a person decides, and an issued paper is never deleted, only 作废. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { draftTexts } from '../../../../shared/letter/draft-texts.ts'
import { conflicts, resolve } from '../../../../electron/services/exchange/decide.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { discardLetter } from '../../../../electron/services/letters/compose.ts'
import { draftLetters } from '../../../../electron/services/letters/draft.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { numbersOverview } from '../../../../electron/services/letters/numbers.ts'
import { putSettings } from '../../../../electron/services/settings.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import { author, clean } from '../../../host/store.ts'
import { putPeople, putProposal } from '../../../host/letter-office.ts'
import { contextOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

let [a, b] = [] as unknown as [Office, Office]
let id: string
const drafter = (office: Office): OpenContext => ({ ...contextOf(office), account: { ...contextOf(office).account, id: 'drafter' } })
const letter = ({ folder }: Office) => folder.store.read((db) => rowById(db, 'letter', id))
const proposal = ({ folder }: Office) => folder.store.read((db) => rowById(db, 'proposal', 'p1'))
const open = (office: Office) => unwrap(conflicts(contextOf(office))).conflicts

beforeEach(async () => {
  a = await firstOffice('甲机')
  b = await nextOffice(a, '乙机')
  a.folder.store.write({ kind: 'test.people', author }, (tx) => {
    putSettings(tx, { organ: '中共滕州市委办公室', code: '滕督函' })
    putPeople(tx)
  })
  putProposal(contextOf(a), { id: 'p1' })
  id = unwrap(draftLetters({ proposalIds: ['p1'] }, drafter(a))).letters[0]!.id
  await take(b, await put(a))
})

function issue(office: Office): void {
  unwrap(submitLetters({ ids: [id] }, drafter(office)))
  unwrap(checkLetters({ ids: [id], pass: true, note: null }, contextOf(office)))
  unwrap(issueLetters({ ids: [id], date: '2026-07-06' }, contextOf(office)))
}

async function apart(): Promise<{ removal: string; kept: string; conflict: string }> {
  unwrap(discardLetter({ id, reason: '不发' }, drafter(a)))
  issue(b)
  await exchangeAll([a, b])
  expect(letter(a)).toMatchObject({ number: '滕督函〔2026〕1号', voidedOn: null })
  const [conflict] = open(a)
  expect(conflict).toMatchObject({ class: 'hard', table: 'letter', register: 'tombstone', letterId: id })
  return { conflict: conflict!.id, removal: conflict!.survivors.find((one) => one.value['deleted'] === true)!.id, kept: conflict!.survivors.find((one) => one.register === 'issue')!.id }
}

test('the removal is taken: the letter is 作废 with the reason, its number is kept, and nothing is asked again', async () => {
  const { conflict, removal } = await apart()
  expect(unwrap(resolve({ id: conflict, take: removal }, contextOf(a)))).toMatchObject({ left: 0 })
  await exchangeAll([a, b])
  for (const office of [a, b]) {
    expect(letter(office)).toMatchObject({ number: '滕督函〔2026〕1号', voidReason: draftTexts.discardedBefore })
    expect(letter(office)?.voidedOn).not.toBeNull()
    expect(open(office)).toEqual([])
    expect(proposal(office)).toMatchObject({ state: 'open', letterId: null })
    expect(unwrap(numbersOverview({ year: 2026 }, contextOf(office))).gaps).toEqual([])
  }
  expect(a.folder.store.digest()).toEqual(b.folder.store.digest())
  expect(b.folder.store.verify()).toEqual({ ok: true, problems: [] })
})

test('the letter is kept: it stands, and nothing is asked again', async () => {
  const { conflict, kept } = await apart()
  expect(unwrap(resolve({ id: conflict, take: kept }, contextOf(a)))).toMatchObject({ left: 0 })
  await exchangeAll([a, b])
  for (const office of [a, b]) {
    expect(letter(office)).toMatchObject({ number: '滕督函〔2026〕1号', voidedOn: null })
    // The finding is not drafted a second time.
    expect(proposal(office)).toMatchObject({ state: 'accepted', letterId: id })
    expect(open(office)).toEqual([])
  }
})

test('a draft that was only edited meanwhile goes with the removal', async () => {
  unwrap(discardLetter({ id, reason: '不发' }, drafter(a)))
  unwrap(submitLetters({ ids: [id] }, drafter(b)))
  await exchangeAll([a, b])
  const [conflict] = open(a)
  expect(unwrap(resolve({ id: conflict!.id, take: conflict!.survivors.find((one) => one.value['deleted'] === true)!.id }, contextOf(a)))).toMatchObject({ left: 0 })
  await exchangeAll([a, b])
  for (const office of [a, b]) expect([letter(office), open(office)]).toEqual([undefined, []])
})
