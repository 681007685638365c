/** LetterDraft + settings + names → LetterContent of shared/letter: what the layout draws, and what is frozen at issue. */
import type { LetterDraft } from '../../../shared/contract/letter-schemas.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import { checkContent } from '../../../shared/letter/check.ts'
import type { Addressee, ClarificationContent, LetterContent, LetterFact, SupervisedTask } from '../../../shared/letter/content.ts'
import { draftDemands, draftTexts, matterPhrase, replyDemand } from '../../../shared/letter/draft-texts.ts'
import { err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { addMonths, isIsoDate } from '../../../shared/text/dates.ts'
import { letterTitle } from '../../../shared/letter/bodies.ts'
import { lettersOfOfficial } from '../../store/queries/letters.ts'
import { standingOfficial, titleOn, unitById } from '../../store/queries/letter-parts.ts'
import { reportRowsById } from '../../store/queries/proposals.ts'
import type { ReadDb } from '../../store/read-db.ts'
import { rowById, type Row } from '../../store/rows.ts'
import type { Office } from './rows.ts'

/** What a letter is about, as drafted. */
export type Subject = {
  readonly id: string | null; readonly type: LetterType; readonly unitId: string; readonly officialId: string | null; readonly matter: string; readonly draft: LetterDraft; readonly earlierLetterId: string | null
}
export type Names = { readonly unit: string; readonly official: string | null; readonly post: string | null }
/** The paper with the names as of its issue; never changed afterwards. */
export type FrozenLetter = Names & { readonly content: LetterContent }
export type Stamp = { readonly number: string; readonly date: string }

export function subjectOf(letter: Row<'letter'>): Subject {
  return {
    id: letter.id, type: letter.type as LetterType, unitId: letter.unitId ?? '', officialId: letter.officialId, matter: letter.matter ?? '', draft: letter.content as LetterDraft, earlierLetterId: letter.earlierLetterId,
  }
}

export function frozenOf(letter: Row<'letter'>): FrozenLetter | null {
  return letter.frozen as FrozenLetter | null
}

/** Names on `date`. A unit or official that is no longer there gives empty names; issuing then refuses. */
export function namesOn(db: ReadDb, unitId: string, officialId: string | null, date: string): Names {
  const official = officialId === null ? undefined : standingOfficial(db, officialId)
  const post = official === undefined ? null : titleOn(db, official.id, unitId, date)
  return { unit: unitById(db, unitId)?.name ?? '', official: official?.name ?? null, post }
}

/** 黄牌通知 goes to the unit; a 澄清函 to whoever had the earlier letter; everything else to a person (domain.md: 指标落实到具体责任人). */
export function isToUnit(type: LetterType, officialId: string | null): boolean {
  return type === 'yellowCard' || (type === 'clarification' && officialId === null)
}

function addresseeOf(type: LetterType, officialId: string | null, names: Names): Addressee {
  if (isToUnit(type, officialId) || names.official === null) return { kind: 'unit', unit: names.unit }
  return { kind: 'person', unit: names.unit, post: names.post ?? '', name: names.official }
}

/** The layout knows no line breaks inside a paragraph: what was typed over several lines becomes one. */
const flat = (text: string): string => text.replaceAll(/[\t ]*[\r\n]+[\t ]*/gu, '').replaceAll('\t', ' ').trim()

const split = (text: string | null | undefined, by: RegExp): string[] => (text ?? '').split(by).map((part) => part.trim()).filter((part) => part !== '')

function taskOf(db: ReadDb, { draft }: Subject, reportId: string | null, unit: string): SupervisedTask | undefined {
  if (draft.type !== 'supervision') return undefined
  const report = reportId === null ? undefined : reportRowsById(db, [reportId])[0]
  const figures = report?.kind === 'tasks' ? (report.figures as Record<string, unknown>) : {}
  const own = draft.facts.length === 1 ? draft.supervision : null
  const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
  const dueOn = own?.dueOn ?? text(figures['dueOn'])
  if (dueOn === null || !isIsoDate(dueOn)) return undefined
  return {
    number: own?.matterNumber ?? report?.item ?? draftTexts.notNamed, source: own?.source ?? text(figures['source']) ?? draftTexts.notNamed, leadUnit: report?.unitName ?? unit,
    supportUnits: split(own?.supportUnits, /[、，,；;]/u), dueOn,
  }
}

function factsOf(db: ReadDb, subject: Subject, unit: string): readonly LetterFact[] {
  return subject.draft.facts.map((fact) => {
    const task = taskOf(db, subject, fact.reportId, unit)
    return {
      item: fact.heading ?? matterPhrase(subject.matter), period: fact.period ?? draftTexts.recently, statement: flat(fact.text), figures: [], source: fact.source ?? draftTexts.unknownSource, ...(task === undefined ? {} : { task }),
    }
  })
}

function demandsOf({ type, draft }: Subject, organ: string): readonly string[] {
  const reply = replyDemand(type, draft.replyDays, organ)
  const own = draft.demands.flatMap((demand) => split(demand, /[\r\n]+/u))
  return [...(own.length === 0 ? draftDemands(type) : own), ...(reply === null ? [] : [reply])]
}

/** Refusal LETTER_INCOMPLETE {field: 'earlierLetterId'} where the earlier letter was never issued. */
function originalOf(db: ReadDb, earlierLetterId: string | null): ClarificationContent['original'] {
  const earlier = earlierLetterId === null ? undefined : rowById(db, 'letter', earlierLetterId)
  const frozen = earlier === undefined ? null : frozenOf(earlier)
  if (earlier === undefined || frozen === null || earlier.number === null || earlier.issuedOn === null || frozen.content.type === 'clarification') throw new Refusal('LETTER_INCOMPLETE', { field: 'earlierLetterId' })
  return { type: frozen.content.type, number: earlier.number, title: letterTitle(frozen.content), date: earlier.issuedOn }
}

function cardOf(db: ReadDb, subject: Subject, names: Names, day: string, months: number): { year: string; group: string; rank: number | null; grade: string | null; from: string; to: string; interviewee: string | null } {
  const { card } = subject.draft
  const { from, to } = cardTerm(subject.draft, day, months)
  const result = card?.result ?? ''
  const rank = /第\s*(\d{1,4})\s*名/u.exec(result)?.[1]
  const grade = /(?:优秀|良好|不合格|合格)/u.exec(result)?.[0] ?? (rank === undefined && result !== '' ? result : null)
  const kind = unitById(db, subject.unitId)?.kind ?? ''
  return {
    year: card?.year ?? day.slice(0, 4), group: draftTexts.groups[kind] ?? draftTexts.groups['department'] ?? '', rank: rank === undefined ? null : Number(rank), grade, from, to,
    interviewee: names.official === null ? null : `${names.post ?? ''}${names.official}`,
  }
}

/** From the day of issue where no other day was typed, for as many months as the setting says. */
export function cardTerm(draft: LetterDraft, day: string, months: number): { readonly from: string; readonly to: string } {
  const from = draft.card?.since ?? day
  return { from, to: draft.card?.until ?? addMonths(from, months) }
}

/** A second 督办函 to the same person in the same matter presses (催办). */
function isUrging(db: ReadDb, subject: Subject): boolean {
  if (subject.officialId === null) return false
  return lettersOfOfficial(db, subject.officialId).some((row) => row.id !== subject.id && row.type === 'supervision' && row.matter === subject.matter && row.issuedOn !== null && row.state !== 'void')
}

/** `stamp` null: a draft; its card runs from today for the preview. */
export function contentOf(db: ReadDb, subject: Subject, names: Names, office: Office, stamp: Stamp | null): LetterContent {
  const { draft } = subject
  const { settings } = office
  const base = {
    geometry: settings.geometry,
    organ: { mark: settings.organMark ?? settings.organ, sign: settings.organ }, number: stamp?.number ?? null, urgency: null, addressee: addresseeOf(subject.type, subject.officialId, names),
    matter: matterPhrase(subject.matter), title: draft.title, facts: factsOf(db, subject, names.unit), basis: split(draft.basis, /[；;\n]/u), demands: demandsOf(subject, settings.organ), replyDue: null,
    contact: { name: draft.contactName ?? settings.contactName ?? '', phone: draft.contactPhone ?? settings.contactPhone ?? '' }, reviewDays: settings.reviewDays, date: stamp?.date ?? null, sealed: settings.sealed,
    attachments: draft.attachments, copyTo: draft.copyTo,
  } as const
  switch (subject.type) {
    case 'reminder': return { ...base, type: 'reminder' }
    case 'supervision': return { ...base, type: 'supervision', reportForm: draftTexts.reportForm, overdue: isUrging(db, subject) }
    case 'interview': {
      const { interview } = draft
      return {
        ...base, type: 'interview',
        interview: {
          time: interview?.at ?? draftTexts.later, place: interview?.place ?? draftTexts.later, talkers: split(interview?.talkers ?? settings.organ, /[、，,；;]/u), bring: split(interview?.bring, /[、，,；;]/u),
        },
      }
    }
    case 'yellowCard': return { ...base, type: 'yellowCard', card: cardOf(db, subject, names, stamp?.date ?? office.today, settings.cardMonths) }
    case 'clarification': return { ...base, type: 'clarification', original: originalOf(db, subject.earlierLetterId), finding: flat(draft.clarification?.finding ?? '') }
  }
}

/**
 * checkContent for the paper as this program writes it: the limit stands in the demands as working days after receipt, an interview's time may be told
 * later, and an office may leave out its contact or a title that no roster gives. Those get a stand-in for the check; the rest is checked as it is.
 */
export function checkPaper(content: LetterContent): Result<LetterContent> {
  const contact = { name: content.contact.name || '-', phone: content.contact.phone || '-' }
  const addressee = content.addressee.kind === 'person' ? { ...content.addressee, post: content.addressee.post || '-' } : content.addressee
  const base = { contact, addressee, replyDue: content.replyDue ?? '2000-01-01' }
  const stood: LetterContent = content.type === 'interview'
    ? { ...content, ...base, interview: { ...content.interview, time: content.interview.time === draftTexts.later ? '2000-01-01T09:00' : content.interview.time } }
    : { ...content, ...base }
  const checked = checkContent(stood)
  return checked.ok ? ok(content) : err(checked.error.code, checked.error.params)
}
