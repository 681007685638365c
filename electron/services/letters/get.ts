/** 函件: the list, and one letter with everything beside it. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { canBeRechecked, mayDecideRecheck, openRecheck } from '../../../shared/domain/letters/recheck.ts'
import { allowedActions } from '../../../shared/domain/letters/state.ts'
import { attempt, type Result } from '../../../shared/result.ts'
import { layoutLetter } from '../../../shared/letter/layout.ts'
import { rowHistory } from '../../store/queries/history.ts'
import { accountName, deliveriesOf, extensionsOf, rechecksOf, relatedLetterIds, repliesOf } from '../../store/queries/letter-parts.ts'
import { letterRows, listLetters } from '../../store/queries/letters.ts'
import { proposalRows } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { toProposalRow } from '../proposals/rows.ts'
import type { OpenContext } from '../context.ts'
import type { LetterDraft, LetterType } from '../../../shared/contract/letter-schemas.ts'
import { siblingsOf } from './compose.ts'
import { brokenLayoutText, contentNow, layoutTextOf, templateFor } from './papers.ts'
import { rechecksView } from './recheck.ts'
import { factsOf, letterOf, letterRowsOf, minutesOf, officeOf, toLetterRow, type Office } from './rows.ts'
import { scansView } from './scans.ts'

type Detail = OutputOf<'letters.get'>

export function listOfLetters(input: ParsedOf<'letters.list'>, context: OpenContext): Result<OutputOf<'letters.list'>> {
  return attempt(() =>
    context.store.read((db) => {
      const today = context.env.today()
      const states = input.state ? [input.state] : (input.states ?? null)
      // An empty choice of states is no letter, not every letter.
      if (!input.state && input.states?.length === 0) return { items: [], next: null, total: 0 }
      const filter = { states, type: input.type ?? null, year: input.year ?? null, unitId: input.unitId ?? null, officialId: input.officialId ?? null, query: input.query ?? null, overdueOn: input.overdue === true ? today : null, recheck: input.recheck === true }
      const page = listLetters(db, filter, input.sort, input.direction, input.cursor, input.limit)
      return { items: page.items.map((row) => toLetterRow(row, today)), next: page.next, total: page.total }
    }))
}

function repliesView(db: ReadDb, context: OpenContext, id: string): Detail['replies'] {
  return repliesOf(db, id).map((row) => ({
    id: row.id, receivedOn: row.receivedOn ?? '', summary: row.summary, form: row.form, verdict: row.verdict as Detail['replies'][number]['verdict'], verdictOn: row.verdictOn, verdictBy: accountName(db, row.verdictBy), verdictNote: row.verdictNote,
    scans: scansView(db, context, row.id),
  }))
}

/** Everything that was ever done to the letter and to the facts beside it, oldest first (of one moment: the letter's own steps in their order). */
function timelineOf(db: ReadDb, id: string): Detail['timeline'] {
  const history = (table: 'letter' | 'delivery' | 'reply' | 'extension' | 'recheck', row: string): ReturnType<typeof rowHistory> => rowHistory(db, table, row).reverse()
  const parts = [
    ...history('letter', id), ...deliveriesOf(db, id).flatMap((row) => history('delivery', row.id)), ...repliesOf(db, id).flatMap((row) => history('reply', row.id)),
    ...extensionsOf(db, id).flatMap((row) => history('extension', row.id)), ...rechecksOf(db, id).flatMap((row) => history('recheck', row.id)),
  ]
  const byAction = new Map(parts.map((one) => [one.actionId, one]))
  return [...byAction.values()].sort((a, b) => a.at - b.at).map((one) => ({ at: one.at, author: one.author, action: one.kind, note: one.note }))
}

function allowedFor(db: ReadDb, id: string, office: Office): Detail['allowed'] {
  const state = letterRows(db, [id])[0]?.state ?? 'draft'
  const letter = letterOf(db, id)
  const own = !office.single && letter.draftedBy === office.account.id
  const roles = new Set(office.account.roles)
  const open = openRecheck(factsOf(db, id))
  const may = (...wanted: readonly string[]): boolean => wanted.some((role) => roles.has(role as 'check'))
  return allowedActions(state).filter((action) => {
    switch (action) {
      case 'check': return may('check') && (!own || state === 'checked')
      case 'issue': return may('issue') && !own
      case 'void': return may('issue')
      case 'minutes': return letter.type === 'interview' && may('enter', 'check', 'issue')
      case 'askRecheck': return open === null && canBeRechecked(letter.type as LetterType) && may('enter', 'check', 'issue')
      case 'decideRecheck': return open !== null && may('issue') && mayDecideRecheck(letter, office.account.id)
      case 'extend': case 'judge': case 'close': return may('check', 'issue')
      default: return may('enter', 'check', 'issue')
    }
  })
}

/** NOT_FOUND. A letter whose paper cannot be drawn (its earlier letter is missing) is shown all the same, with an empty paper. */
export function getLetter({ id }: ParsedOf<'letters.get'>, context: OpenContext): Result<Detail> {
  return attempt(() =>
    context.store.read((db): Detail => {
      const office = officeOf(db, context)
      const letter = letterOf(db, id)
      const drawn = attempt(() => layoutTextOf(layoutLetter(contentNow(db, letter, office))))
      const proposalIds = (letter.proposalIds ?? []) as string[]
      const related = [...new Set([...relatedLetterIds(db, id), ...siblingsOf(db, id, proposalIds)])].filter((other) => other !== id)
      return {
        ...(letterRows(db, [id]).map((row) => toLetterRow(row, office.today))[0] as Detail), draft: letter.content as LetterDraft, layout: drawn.ok ? drawn.value : brokenLayoutText(letter), checkNote: letter.checkNote,
        checkedBy: accountName(db, letter.checkedBy), replyDueBasis: letter.replyDueBasis, stepReason: letter.stepReason,
        deliveries: deliveriesOf(db, id).map((row) => ({ id: row.id, deliveredAt: row.deliveredAt ?? '', receiver: row.receiver ?? '', relation: row.relation, method: row.method, place: row.place, server: row.server, note: row.note })),
        replies: repliesView(db, context, id),
        extensions: extensionsOf(db, id).map((row) => ({ id: row.id, askedOn: row.askedOn ?? '', newDue: row.newDue ?? '', reason: row.reason ?? '', approvedBy: accountName(db, row.approvedBy) })), ...rechecksView(db, letter, office, context),
        proposals: proposalRows(db, proposalIds).map((row) => toProposalRow(db, row, office)), timeline: timelineOf(db, id), minutes: minutesOf(letter), ownTemplate: templateFor(db, letter) !== null, related: letterRowsOf(db, related, office.today), allowed: allowedFor(db, id, office),
      }
    }))
}
