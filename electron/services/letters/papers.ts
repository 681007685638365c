/** The papers of a letter as layouts and files: the letter itself, 送达回证, 书面说明 form, and the register. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import type { LetterDraft } from '../../../shared/contract/letter-schemas.ts'
import { letterTypeNames } from '../../../shared/domain/letters/types.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import { addresseeText, layoutLetter } from '../../../shared/letter/layout.ts'
import { letterTitle } from '../../../shared/letter/bodies.ts'
import type { LetterContent } from '../../../shared/letter/content.ts'
import { draftTexts } from '../../../shared/letter/draft-texts.ts'
import { isMinute } from '../../../shared/letter/dates.ts'
import { describeLayout } from '../../../shared/letter/describe.ts'
import { layoutToHtml } from '../../../shared/letter/html.ts'
import { pageOf, type PageGeometry } from '../../../shared/letter/geometry.ts'
import type { LetterLayout } from '../../../shared/letter/layout-types.ts'
import { blankMinutes, layoutMinutes } from '../../../shared/letter/papers/minutes.ts'
import { layoutReceipt } from '../../../shared/letter/papers/receipt.ts'
import { layoutStatementForm } from '../../../shared/letter/papers/statement.ts'
import { attempt, err, ok, Refusal, type Result } from '../../../shared/result.ts'
import { letterFileName } from '../../../shared/text/fileName.ts'
import { attemptAsync } from '../../store/attempt-async.ts'
import { knownDue } from '../../store/letter-list.ts'
import { letterFacts } from '../../store/derive/letters.ts'
import { deliveriesOf } from '../../store/queries/letter-parts.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { Row } from '../../store/rows.ts'
import type { OpenContext } from '../context.ts'
import { mimeOf } from '../file-desk.ts'
import { refuseText } from './compose.ts'
import { refuseDisputed } from './disputed.ts'
import { builtInTemplate } from './issue.ts'
import { paperDocx } from './letter-docx.ts'
import { contentOf, frozenOf, namesOn, subjectOf } from './paper.ts'
import { letterOf, minutesOf, officeOf, type Office } from './rows.ts'
import { activeTemplate } from './templates.ts'

export type PaperKind = ParsedOf<'letters.file'>['paper']
export type LayoutText = OutputOf<'letters.preview'>['layout']

/** As issued; for a draft as it would be issued now, without number and date. `draft`: the text on the screen that is not saved yet. */
export function contentNow(db: ReadDb, letter: Row<'letter'>, office: Office, draft: LetterDraft | null = null): LetterContent {
  const frozen = frozenOf(letter)
  if (frozen !== null) return frozen.content
  const subject = { ...subjectOf(letter), ...(draft === null ? {} : { draft }) }
  return contentOf(db, subject, namesOn(db, subject.unitId, subject.officialId, office.today), office, null)
}

export function layoutTextOf(layout: LetterLayout): LayoutText {
  const text = describeLayout(layout)
  return {
    format: text.format, mark: text.mark ?? '', number: text.number, title: text.title, addressee: text.addressee ?? '', body: [...text.body], signature: text.signature ?? '', date: text.date, sealed: text.sealed,
  }
}

/** A stand-in for a paper that cannot be drawn, so that the letter's page still opens. */
export function brokenLayoutText(letter: Row<'letter'>): LayoutText {
  return { format: letter.type === 'yellowCard' ? 'general' : 'letter', mark: '', number: letter.number, title: '', addressee: '', body: [], signature: '', date: letter.issuedOn, sealed: false }
}

/** Whom a file is named after: the unit of a 黄牌通知, else the person. */
function objectOf(content: LetterContent): string {
  return content.addressee.kind === 'person' ? content.addressee.name : content.addressee.unit
}

/** The forms keep the school of the page that the letter itself was issued with. */
const pageFor = (content: LetterContent): PageGeometry => pageOf(content.geometry ?? 'nominal')

function receiptOf(db: ReadDb, letter: Row<'letter'>, content: LetterContent): LetterLayout {
  const first = deliveriesOf(db, letter.id)[0]
  return layoutReceipt({
    paper: letterTitle(content), number: content.number ?? '', sender: content.organ.sign, addressee: addresseeText(content.addressee).replace(/：$/u, ''),
    time: first?.deliveredAt ?? null, place: first?.place ?? null, method: first?.method ?? null, receiver: first?.receiver ?? null, relation: first?.relation ?? null, server: first?.server ?? null, remarks: first?.note ?? null,
  }, pageFor(content))
}

function formOf(db: ReadDb, letter: Row<'letter'>, content: LetterContent): LetterLayout {
  const facts = letterFacts(db, letter.id)
  const { addressee } = content
  return layoutStatementForm({
    letterTitle: letterTitle(content), number: content.number ?? '', name: addressee.kind === 'person' ? addressee.name : '', unit: addressee.unit, post: addressee.kind === 'person' ? addressee.post : '',
    due: facts === undefined ? null : knownDue(facts),
  }, pageFor(content))
}

/** What was recorded; before that the form to take to the talk. Refusal NOT_FOUND {what: 'minutes'} for a letter that asks nobody to one. */
function recordOf(letter: Row<'letter'>, content: LetterContent): LetterLayout {
  const { addressee } = content
  const who = { number: content.number ?? '', person: addressee.kind === 'person' ? addressee.name : '', unit: addressee.unit, post: addressee.kind === 'person' ? addressee.post : '', cause: letter.cause ?? '' }
  const minutes = minutesOf(letter)
  if (minutes !== null) {
    const { followUpOn: _followUpOn, ...said } = minutes
    return layoutMinutes({ ...said, ...who }, pageFor(content))
  }
  if (content.type !== 'interview') throw new Refusal('NOT_FOUND', { what: 'minutes' })
  const { time, place, talkers } = content.interview
  return blankMinutes({ ...who, from: isMinute(time) ? time : null, place: place === draftTexts.later ? '' : place, talkers }, pageFor(content))
}

function layoutOf(db: ReadDb, letter: Row<'letter'>, paper: PaperKind, content: LetterContent): LetterLayout {
  switch (paper) {
    case 'letter': return layoutLetter(content)
    case 'deliveryReceipt': return receiptOf(db, letter, content)
    case 'replyForm': return formOf(db, letter, content)
    case 'minutes': return recordOf(letter, content)
  }
}

const paperNames: Readonly<Record<PaperKind, string>> = { letter: '', ...draftTexts.papers }

/** `templateId`: the office's own template of the Word file; null: the built-in paper. */
export type DrawnPaper = { readonly layout: LetterLayout; readonly name: (extension: string) => string; readonly content: LetterContent; readonly templateId: string | null }

/** An issued letter keeps the template that made it; a draft would be made with the active one. */
export function templateFor(db: ReadDb, letter: Row<'letter'>): string | null {
  if (letter.issuedOn === null) return activeTemplate(db, letter.type ?? '')
  return letter.template === null || letter.template === builtInTemplate ? null : letter.template
}

/** LETTER_STATE for a form that goes with a paper that has not been issued; NOT_FOUND for 谈话记录 that nobody recorded. */
export function drawPaper(db: ReadDb, id: string, paper: PaperKind, office: Office): DrawnPaper {
  const letter = letterOf(db, id)
  const content = contentNow(db, letter, office)
  if (paper !== 'letter' && letter.issuedOn === null) throw new Refusal('LETTER_STATE', { letterId: id, state: letter.checkState ?? 'draft', action: 'print' })
  const layout = layoutOf(db, letter, paper, content)
  const extra = paperNames[paper]
  return { layout, content, templateId: paper === 'letter' ? templateFor(db, letter) : null, name: (extension) => letterFileName(letter.number, `${objectOf(content)}${extra === '' ? '' : `-${extra}`}`, extension) }
}

/** The paper with the text on the screen that is not saved yet. */
function drawDraft(db: ReadDb, id: string, draft: LetterDraft | null, office: Office): DrawnPaper {
  if (draft === null) return drawPaper(db, id, 'letter', office)
  const letter = letterOf(db, id)
  refuseText(draft)
  if (draft.type !== letter.type) throw new Refusal('BAD_INPUT', { field: 'draft.type' })
  const content = contentNow(db, letter, office, draft)
  return { layout: layoutLetter(content), content, templateId: templateFor(db, letter), name: (extension) => letterFileName(letter.number, objectOf(content), extension) }
}

async function offerDocx(drawn: DrawnPaper, { store, files }: OpenContext): Promise<Result<OutputOf<'letters.file'>>> {
  const name = drawn.name('docx')
  return attemptAsync(async () => ok({ file: files.offer({ name, mime: mimeOf(name), bytes: await paperDocx(store, drawn) }), name }))
}

/** NOT_FOUND, SECRECY_GRADE, LETTER_INCOMPLETE (a 澄清函 without its earlier letter), ATTACHMENT_MISSING (the office's template has not come yet). */
export async function previewLetter({ id, draft }: ParsedOf<'letters.preview'>, context: OpenContext): Promise<Result<OutputOf<'letters.preview'>>> {
  const drawn = attempt(() => context.store.read((db) => drawDraft(db, id, draft ?? null, officeOf(db, context))))
  if (!drawn.ok) return drawn
  const layout = layoutTextOf(drawn.value.layout)
  if (drawn.value.templateId === null) return ok({ html: layoutToHtml(drawn.value.layout), layout, word: null })
  const word = await offerDocx(drawn.value, context)
  return word.ok ? ok({ html: null, layout, word: word.value }) : word
}

/** PAPER_OWN_TEMPLATE for HTML of a letter whose paper is the office's own Word file: what is printed is what was issued, never something like it. */
export async function letterFile({ id, as, paper }: ParsedOf<'letters.file'>, context: OpenContext): Promise<Result<OutputOf<'letters.file'>>> {
  const drawn = attempt(() => context.store.read((db) => {
    refuseDisputed(db, letterOf(db, id))
    return drawPaper(db, id, paper, officeOf(db, context))
  }))
  if (!drawn.ok) return drawn
  if (as === 'docx') return offerDocx(drawn.value, context)
  if (drawn.value.templateId !== null) return err('PAPER_OWN_TEMPLATE', { letterId: id })
  const name = drawn.value.name(as)
  return ok({ file: context.files.offer({ name, mime: mimeOf(name), bytes: new TextEncoder().encode(layoutToHtml(drawn.value.layout)) }), name })
}

/** A second letter with the same name gets -2, a third -3: the case of letters counts for nothing on Windows. */
export function distinctName(name: string, taken: Set<string>): string {
  const dot = name.lastIndexOf('.')
  let candidate = name
  for (let count = 2; taken.has(candidate.toLowerCase()); count += 1) candidate = `${name.slice(0, dot)}-${count}${name.slice(dot)}`
  taken.add(candidate.toLowerCase())
  return candidate
}

export function typeName(type: string): string {
  return letterTypeNames[type as LetterType] ?? type
}
