/** 黄牌 + 约谈 made twice of one proposal: the decision leaves one pair, and nothing of the other stays in force. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unwrap } from '../../../../shared/result.ts'
import { conflicts, resolve } from '../../../../electron/services/exchange/decide.ts'
import { membership } from '../../../../electron/services/exchange/keys/key-store.ts'
import { checkLetters, submitLetters } from '../../../../electron/services/letters/check.ts'
import { draftLetters } from '../../../../electron/services/letters/draft.ts'
import { issueLetters } from '../../../../electron/services/letters/issue.ts'
import { appointFirst } from '../../../../electron/services/letters/number-authority.ts'
import { grantLease } from '../../../../electron/services/letters/number-leases.ts'
import { numberId } from '../../../../electron/services/letters/numbers.ts'
import { putSettings } from '../../../../electron/services/settings.ts'
import { cardsOfLetter } from '../../../../electron/store/queries/letter-parts.ts'
import { rowById } from '../../../../electron/store/rows.ts'
import type { OpenContext } from '../../../../electron/services/context.ts'
import { author, clean } from '../../../host/store.ts'
import { day, putPeople, putProposal } from '../../../host/letter-office.ts'
import { contextOf, exchangeAll, firstOffice, nextOffice, put, take, type Office } from '../../../host/exchange-office.ts'

afterEach(clean)

let [a, b]: Office[] = []
beforeEach(async () => {
  a = await firstOffice('甲机')
  b = await nextOffice(a, '乙机')
  const context = contextOf(a)
  const { store } = a.folder
  const device = membership(store.local, store.identity).keys.device
  store.write({ kind: 'test.people', author }, (tx) => {
    putSettings(tx, { organ: '中共滕州市委办公室', code: '滕督函', contactName: '周晓', contactPhone: '0632-5500000' })
    putPeople(tx)
    appointFirst(tx, { device, origin: store.identity.origin, today: day, accountId: author })
  })
  for (const [id, item] of [['p1', '总分'], ['p2', '位次']] as const) putProposal(context, { id, item, measure: 'yellowCardInterview', matter: '综合考核', ruleId: 'R5' })
  const { store: { local, identity } } = b.folder
  unwrap(grantLease({ device: membership(local, identity).keys.device, year: 2026, size: 10 }, context))
  await take(b, await put(a))
})

const drafted = (office: Office, ...proposalIds: string[]): string[] => {
  const context = contextOf(office)
  return unwrap(draftLetters({ proposalIds }, { ...context, account: { ...context.account, id: 'drafter' } })).letters.map((one) => one.id)
}
/** A 约谈 needs its time and place: they stand in the draft as a clerk would type them. */
function issued(office: Office, ids: readonly string[]): void {
  const context = contextOf(office)
  const drafter: OpenContext = { ...context, account: { ...context.account, id: 'drafter' } }
  office.folder.store.write({ kind: 'letters.edit', author: 'drafter' }, (tx) => {
    for (const id of ids) {
      const { id: _, scope, deleted, ...letter } = rowById(tx, 'letter', id)!
      void [scope, deleted]
      if (letter.type !== 'interview') continue
      const { type, unitId, officialId, matter, cause, proposalIds, draftedBy, stepReason, earlierLetterId, replyDays } = letter
      const content = { ...(letter.content as object), interview: { at: '2026-07-10T09:30', place: '二楼会议室', talkers: '周晓', bring: null } }
      tx.put('letter', id, 'draft', { type, unitId, officialId, matter, cause, content, proposalIds, draftedBy, stepReason, earlierLetterId, replyDays }, unitId!)
    }
  })
  unwrap(submitLetters({ ids: [...ids] }, drafter))
  unwrap(checkLetters({ ids: [...ids], pass: true, note: null }, context))
  unwrap(issueLetters({ ids: [...ids], date: day }, context))
}
const letter = (office: Office, id: string) => office.folder.store.read((db) => rowById(db, 'letter', id))
const decision = (office: Office, id: string) => office.folder.store.read((db) => rowById(db, 'proposal', id))
function keep(office: Office, letterId: string | null): void {
  const conflict = unwrap(conflicts(contextOf(office))).conflicts.find((one) => one.id === 'proposal.decision/p1')!
  unwrap(resolve({ id: conflict.id, take: conflict.survivors.find((one) => one.value['letterId'] === letterId)!.id }, contextOf(office)))
}
async function bothHave(check: (office: Office) => void): Promise<void> {
  await exchangeAll([a!, b!])
  for (const office of [a!, b!]) check(office)
  expect(a!.folder.store.digest()).toEqual(b!.folder.store.digest())
}

test('drafts: both of the losing side go, both of the other stay, also where the pair was edited since', async () => {
  const [kept, lost] = [drafted(a!, 'p1'), drafted(b!, 'p1')]
  issued(a!, kept)
  await exchangeAll([a!, b!])
  keep(b!, kept[0]!)
  await bothHave((office) => {
    expect(kept.map((id) => letter(office, id)?.voidedOn)).toEqual([null, null])
    expect(lost.map((id) => letter(office, id))).toEqual([undefined, undefined])
    expect(unwrap(conflicts(contextOf(office))).conflicts).toEqual([])
  })
})

test('issued letters: both of the losing side are withdrawn with the reason, their card lifted, their numbers kept', async () => {
  const [kept, lost] = [drafted(a!, 'p1'), drafted(b!, 'p1')]
  issued(a!, kept)
  issued(b!, lost)
  await exchangeAll([a!, b!])
  const numbers = lost.map((id) => letter(b!, id)!)
  keep(a!, kept[0]!)
  await bothHave((office) => {
    expect(kept.map((id) => letter(office, id)?.voidedOn)).toEqual([null, null])
    expect(lost.map((id) => letter(office, id)?.voidReason)).toEqual(lost.map(() => '同一拟办两次成函，核对后以另一处理为准'))
    expect(office.folder.store.read((db) => lost.flatMap((id) => cardsOfLetter(db, id)).map((card) => card.liftedOn === null))).toEqual([false])
    expect(numbers.map(({ series, year, seq }) => office.folder.store.read((db) => rowById(db, 'number', numberId(series!, year!, seq!)))?.letterId)).toEqual(lost)
    expect(unwrap(conflicts(contextOf(office))).conflicts).toEqual([])
  })
})

test('a side that declined wins: nothing that was made of the proposal stays in force', async () => {
  const lost = drafted(b!, 'p1')
  issued(b!, lost)
  a!.folder.store.write({ kind: 'proposals.decline', author }, (tx) => tx.put('proposal', 'p1', 'decision', { state: 'declined', reason: '情况已改正', letterId: null, decidedBy: author, decidedOn: day }, decision(a!, 'p1')!.unitId!))
  await exchangeAll([a!, b!])
  keep(a!, null)
  await bothHave((office) => expect(lost.map((id) => letter(office, id)?.voidedOn === null)).toEqual([false, false]))
})

test('of one action over several proposals only what belongs to the disputed one goes', async () => {
  putProposal(contextOf(b!), { id: 'other', officialId: 'qian', matter: '招商引资' })
  const kept = drafted(a!, 'p1')
  const made = drafted(b!, 'p1', 'other')
  await exchangeAll([a!, b!])
  keep(b!, kept[0]!)
  await bothHave((office) => {
    const standing = made.filter((id) => letter(office, id))
    expect([made.length, standing.map((id) => letter(office, id)?.matter)]).toEqual([3, ['招商引资']])
    expect(decision(office, 'other')).toMatchObject({ state: 'accepted', letterId: standing[0] })
  })
})

test('a further proposal of both pairs goes with the one that stays, and is not asked again', async () => {
  const [kept, lost] = [drafted(a!, 'p1', 'p2'), drafted(b!, 'p1', 'p2')]
  await exchangeAll([a!, b!])
  expect(unwrap(conflicts(contextOf(a!))).conflicts.map((one) => one.id)).toEqual(['proposal.decision/p1', 'proposal.decision/p2'])
  keep(a!, kept[0]!)
  await bothHave((office) => {
    expect(unwrap(conflicts(contextOf(office))).conflicts).toEqual([])
    expect([decision(office, 'p2')?.letterId, decision(office, 'p2')?.state]).toEqual([kept[0], 'merged'])
    expect([...kept, ...lost].map((id) => letter(office, id)?.voidedOn)).toEqual([null, null, undefined, undefined])
  })
})
