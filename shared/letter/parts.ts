/** Small makers of body paragraphs: sections numbered 一、, items （一） and 1., facts with figures, period and source. */
import type { LetterFact } from './content.ts'
import { chineseDate, chineseOrdinal, chinesePeriod } from './dates.ts'
import type { BodyBlock, BodyLevel, TextRun } from './layout-types.ts'
import { factTexts, frameTexts } from './sentences.ts'

/** A paragraph before it is numbered: `lead` is set as a heading of its level. */
export type Item = { readonly lead: string; readonly text: string }
export type Section = { readonly heading: string; readonly items: readonly Item[] }

export function paragraph(text: string): BodyBlock {
  return { role: 'body', level: 0, runs: [{ text, font: 'body' }], keepNext: false, indent: true }
}

export function plain(text: string): Item {
  return { lead: '', text }
}

/** A whole sentence: exactly one full stop at the end. */
export function sentence(text: string): string {
  const bare = text.replace(/[。；，、;,.\s]+$/u, '')
  return /[？！：）」]$/u.test(bare) && /[？！]$/u.test(bare) ? bare : `${bare}${frameTexts.stop}`
}

function bareClause(text: string): string {
  return text.replace(/[。；，、;,\s]+$/u, '')
}

export function joinNames(names: readonly string[]): string {
  return names.join(frameTexts.listComma)
}

/** Figures of a fact as one clause: 签约项目3个，到位资金1200万元. */
export function figuresText(fact: LetterFact): string {
  return fact.figures.map((figure) => `${figure.label}${figure.value}`).join(frameTexts.comma)
}

/** What happened, when, the figures and where they come from; every field of the fact but its name, once each. */
export function factText(fact: LetterFact): string {
  const parts = [...taskSentences(fact)]
  if (fact.statement !== '') {
    const told = dated(chinesePeriod(fact.period), bareClause(fact.statement))
    parts.push(sentence(fact.task ? factTexts.progress(told) : told))
  }
  if (fact.figures.length > 0) parts.push(sentence(factTexts.figures(figuresText(fact))))
  parts.push(sentence(factTexts.source(fact.source)))
  return parts.join('')
}

/** The period stands before a statement that names no time itself. */
function dated(period: string, statement: string): string {
  return statement.includes(period) || /\d{4}年/u.test(statement) ? statement : factTexts.period(period, statement)
}

function taskSentences({ task }: LetterFact): readonly string[] {
  if (!task) return []
  const clauses = [factTexts.taskNumber(task.number), factTexts.taskSource(task.source), factTexts.lead(task.leadUnit)]
  if (task.supportUnits.length > 0) clauses.push(factTexts.support(joinNames(task.supportUnits)))
  clauses.push(factTexts.due(chineseDate(task.dueOn)))
  return [sentence(clauses.join('；'))]
}

/** The facts as items; a single one that only repeats the letter's matter needs no lead. */
export function factItems(facts: readonly LetterFact[], matter: string): readonly Item[] {
  const only = facts.length === 1
  return facts.map((fact) => ({ lead: only && fact.item === matter ? '' : fact.item, text: factText(fact) }))
}

/** Sections under 一、二、…; several items of one section are （一）（二）, items without a lead 1. 2. */
export function numberedSections(sections: readonly Section[]): readonly BodyBlock[] {
  return sections.filter((section) => section.items.length > 0).flatMap((section, i) => [
    body(1, [{ text: `${chineseOrdinal(i + 1)}、${section.heading}`, font: 'heading1' }], true),
    ...numberedItems(section.items),
  ])
}

function numberedItems(items: readonly Item[]): readonly BodyBlock[] {
  if (items.length === 1) return items.map((item) => flowing(item))
  return items.map((item, i) =>
    item.lead === ''
      ? body(3, [{ text: `${i + 1}.${item.text}`, font: 'body' }], false)
      : body(2, [{ text: `（${chineseOrdinal(i + 1)}）${sentence(item.lead)}`, font: 'heading2' }, { text: item.text, font: 'body' }], false),
  )
}

/** An item outside any numbering: its lead, where it has one, before a colon. */
export function flowing(item: Item): BodyBlock {
  if (item.lead === '') return paragraph(item.text)
  // 事项编号： follows a whole sentence, not another colon.
  return paragraph(item.text.startsWith(factTexts.taskNumber('')) ? `${sentence(item.lead)}${item.text}` : `${item.lead}：${item.text}`)
}

function body(level: BodyLevel, runs: readonly TextRun[], keepNext: boolean): BodyBlock {
  return { role: 'body', level, runs, keepNext, indent: true }
}
