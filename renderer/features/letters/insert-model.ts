/** What may be put into a draft with one click: the exact texts of the record, so that nobody types a name or a figure by hand. */
import { sentenceValuesOf, type SentenceValues } from '../../../shared/domain/letters/sentence-bank.ts'
import { figuresIn } from '../../../shared/text/figures.ts'
import type { Letter } from './LetterPage.tsx'

type Source = Pick<Letter, 'unit' | 'official' | 'post' | 'matter' | 'number' | 'draft'> & { readonly proposals: readonly { readonly summary: string }[]; readonly related: readonly { readonly number: string | null }[] }

/** Names and places of the letter; empty ones are left out. */
export function recordTexts(letter: Source): readonly string[] {
  const earlier = letter.related.map((one) => one.number)
  const texts = [letter.official, letter.unit, letter.post, letter.post !== null && letter.official !== null ? `${letter.post}${letter.official}` : null, letter.matter, ...earlier]
  return [...new Set(texts.filter((text): text is string => text !== null && text !== ''))]
}

export function recordFigures(letter: Source): readonly string[] {
  return [...new Set([...letter.proposals.map((one) => one.summary), ...letter.draft.facts.map((fact) => fact.text)].flatMap(figuresIn))].slice(0, 40)
}

export function sentenceValues(letter: Source): SentenceValues {
  const period = letter.draft.facts.find((fact) => fact.period !== null)?.period ?? null
  return sentenceValuesOf({ ...letter, period, earlier: letter.related.find((one) => one.number !== null)?.number ?? null })
}

/** `text` over the selection of the field, told to React as typing would be; the caret stands behind it. */
export function insertInto(field: HTMLTextAreaElement | HTMLInputElement, text: string): void {
  field.focus()
  const end = field.value.length
  field.setRangeText(text, field.selectionStart ?? end, field.selectionEnd ?? end, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}
