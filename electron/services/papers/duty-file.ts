/** 履职档案 extract of one official: what was done and awarded beside letters, each letter with its reply. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterDraft } from '../../../shared/contract/letter-schemas.ts'
import { letterTypeNames } from '../../../shared/domain/letters/types.ts'
import { chineseDate, chinesePeriod } from '../../../shared/letter/dates.ts'
import { pageOf } from '../../../shared/letter/geometry.ts'
import { layoutDutyFile, type DutyFileContent, type DutyFileRow } from '../../../shared/letter/papers/duty-file.ts'
import { figureClause, figureMatter } from '../../../shared/letter/report-figures.ts'
import { dutyFileCells as t } from '../../../shared/letter/report-texts.ts'
import { attempt, Refusal, type Result } from '../../../shared/result.ts'
import { rechecksOf, repliesOf } from '../../store/queries/letter-parts.ts'
import { letterRows, lettersOfOfficial, type LetterListRow } from '../../store/queries/letters.ts'
import { cardsOf, joinedInto, officialListRow, postsOf } from '../../store/queries/people.ts'
import { reportsOfOfficial, reportsOfUnit, type ReportListRow } from '../../store/queries/reports.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'
import { letterOf, minutesOf } from '../letters/rows.ts'
import { readSettings } from '../settings.ts'
import { offerLayout } from './offer.ts'

type Post = ReturnType<typeof postsOf>[number]

/** Days, months or years as far as they are known. */
const dayText = (date: string): string => chinesePeriod(chineseDate(date))
const span = (since: string | null, until: string | null): string => `${since ? dayText(since) : t.unknown}${t.to}${until ? dayText(until) : t.now}`
/** Was the post held on any day from `from` to `to`? Unknown ends count as open. */
function heldIn(post: Post, from: string, to: string): boolean {
  return (post.since ?? '') <= to && (post.until === null || from.slice(0, post.until.length) <= post.until)
}

const newestFirst = <T>(rows: readonly T[], key: (row: T) => string): T[] => [...rows].sort((a, b) => (key(a) < key(b) ? 1 : key(a) > key(b) ? -1 : 0))

function sourceOf(db: ReadDb, bulletinId: string | null): string {
  const bulletin = bulletinId === null ? undefined : rowById(db, 'bulletin', bulletinId)
  return bulletin === undefined ? '' : `${bulletin.sender ?? ''}${bulletin.title ? `《${bulletin.title}》` : bulletin.sender ? '' : (bulletin.fileName ?? '')}`
}

/** Own reports, and the yearly assessments of the units where the post was held in that year. */
function resultRows(db: ReadDb, reports: readonly ReportListRow[], posts: readonly Post[]): DutyFileRow[] {
  const units = [...new Set(posts.map((post) => post.unitId ?? ''))].filter((id) => id !== '')
  const assessed = units.flatMap((unitId) => reportsOfUnit(db, unitId, 'assessment').filter((report) =>
    posts.some((post) => post.unitId === unitId && heldIn(post, `${report.period.slice(0, 4)}-01-01`, `${report.period.slice(0, 4)}-12-31`))))
  const all = new Map([...reports.filter((report) => report.kind !== 'awards'), ...assessed].map((report) => [report.id, report]))
  return newestFirst([...all.values()], (report) => report.period).map((report) =>
    [chinesePeriod(report.period), `${report.kind === 'assessment' ? report.unit : ''}${figureMatter(report)}`, figureClause(report), sourceOf(db, report.bulletinId)])
}

function awardRows(reports: readonly ReportListRow[]): DutyFileRow[] {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const dated = reports.filter((report) => report.kind === 'awards').map((report) => ({ report, on: text(report.figures['grantedOn']) || report.period }))
  return newestFirst(dated, (one) => one.on).map(({ report: { figures, item }, on }) => [dayText(on), text(figures['award']) || (item ?? ''), text(figures['grantedBy']), text(figures['documentNumber'])])
}

/** The reply and 复核 stay with the letter; then how it ended. */
function courseOf(db: ReadDb, row: LetterListRow): string[] {
  const replies = repliesOf(db, row.id).map((reply) => t.replied(dayText(reply.receivedOn ?? ''), reply.summary, reply.verdict))
  const open = row.state === 'issued' ? [t.notServed] : row.state === 'awaiting' ? [t.waiting(row.replyDue === null ? null : dayText(row.replyDue))] : replies.length === 0 ? [t.notAsked] : []
  const rechecks = rechecksOf(db, row.id).map(({ askedOn, decidedOn, outcome }) =>
    decidedOn === null || outcome === null ? t.recheckAsked(dayText(askedOn ?? '')) : t.rechecked(dayText(askedOn ?? ''), dayText(decidedOn), outcome))
  return [...replies, ...open, ...rechecks, ...(row.state === 'closed' ? [t.closed(row.conclusion)] : [])]
}

function interviewRow(db: ReadDb, row: LetterListRow): DutyFileRow {
  const letter = letterOf(db, row.id)
  const minutes = minutesOf(letter)
  const planned = (letter.content as LetterDraft | null)?.interview ?? null
  const said = minutes === null ? [t.notMinuted] : [
    t.minuted, ...(minutes.account.length === 0 ? [] : [t.account(minutes.account.join(''))]), ...(minutes.pledge.length === 0 ? [] : [t.pledge(minutes.pledge.join(''))]),
    ...(minutes.followUpOn === null ? [] : [t.followUp(dayText(minutes.followUpOn))]),
  ]
  const time = minutes !== null ? dayText(minutes.from.slice(0, 10)) : planned?.at ? t.planned(dayText(planned.at.slice(0, 10))) : t.unknown
  return [time, minutes?.talkers.join('、') ?? planned?.talkers ?? '', `${row.cause}（${row.number ?? ''}）`, [...said, ...courseOf(db, row)].join('；')]
}

/** Withdrawn cards, and those of withdrawn letters, count for nothing; the others while the post was held in the unit. */
function cardRows(db: ReadDb, posts: readonly Post[], today: string): DutyFileRow[] {
  const units = [...new Map(posts.map((post) => [post.unitId ?? '', post.unitName ?? ''])).entries()]
  const standing = ({ letterId }: Row<'card'>): boolean => letterId === null || letterRows(db, [letterId])[0]?.state !== 'void'
  const rows = units.flatMap(([unitId, unit]) => cardsOf(db, unitId).filter((card) => standing(card) && posts.some((post) => post.unitId === unitId && heldIn(post, card.since ?? '', card.until ?? '9999'))).map((card) => ({ unit, card })))
  return newestFirst(rows, ({ card }) => card.since ?? '').map(({ unit, card }) => {
    const end = card.liftedOn !== null ? t.lifted(dayText(card.liftedOn), card.liftReason) : card.until !== null && card.until < today ? t.over : t.valid
    return [span(card.since, card.until), unit, [t.colours[card.colour ?? ''] ?? '', card.basis ?? ''].filter((part) => part !== '').join('：'), end]
  })
}

/** NOT_FOUND for an unknown official, and for one who was joined into another. What stands under joined twins is part of the file. */
function contentOf(db: ReadDb, officialId: string, organ: string, today: string): DutyFileContent {
  const person = officialListRow(db, officialId)
  if (person === undefined) throw new Refusal('NOT_FOUND', { what: 'official' })
  const ids = [officialId, ...joinedInto(db, officialId).map((one) => one.id)]
  const posts = ids.flatMap((id) => postsOf(db, id))
  const reports = ids.flatMap((id) => reportsOfOfficial(db, id))
  // A 澄清函 withdraws the letter that it is about; it says nothing of the person's work itself.
  const letters = newestFirst(ids.flatMap((id) => lettersOfOfficial(db, id)).filter((row) => row.issuedOn !== null && row.state !== 'void' && row.type !== 'clarification'), (row) => row.issuedOn ?? '')
  const current = posts.find((post) => post.until === null && post.unitId === person.unitId)
  return {
    organ, asOf: today,
    person: { name: person.name, gender: person.gender, birth: person.birth === null ? null : dayText(person.birth), unit: person.unit ?? '', post: person.title ?? '', portfolio: current?.portfolio ?? null },
    sections: {
      posts: newestFirst(posts, (post) => `${post.until ?? '9999'} ${post.since ?? ''}`).map((post) => [span(post.since, post.until), post.unitName ?? '', post.title ?? '', post.portfolio ?? '']),
      results: resultRows(db, reports, posts), awards: awardRows(reports),
      letters: letters.filter((row) => row.type !== 'interview').map((row) => [dayText(row.issuedOn ?? ''), row.number ?? '', `${letterTypeNames[row.type]}：${row.cause}`, courseOf(db, row).join('；')]),
      interviews: letters.filter((row) => row.type === 'interview').map((row) => interviewRow(db, row)), cards: cardRows(db, posts, today),
    },
  }
}

/** NOT_FOUND. */
export async function dutyFile({ officialId, as }: ParsedOf<'papers.dutyFile'>, context: OpenContext): Promise<Result<OutputOf<'papers.dutyFile'>>> {
  const drawn = attempt(() => context.store.read((db) => {
    const settings = readSettings(db)
    const content = contentOf(db, officialId, settings.organ, context.env.today())
    return { layout: layoutDutyFile(content, pageOf(settings.geometry)), name: content.person.name }
  }))
  return drawn.ok ? offerLayout(drawn.value.layout, `${t.file}-${drawn.value.name}`, as, context) : drawn
}
