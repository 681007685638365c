/** A draft while it is edited: empty ones per type, and what is sent. */
import type { LetterDraft, LetterType } from '../../../shared/contract/letter-schemas.ts'

export function emptyDraft(type: LetterType, replyDays: number): LetterDraft {
  return {
    type, title: null, facts: [{ heading: null, text: '', period: null, source: null, reportId: null }], basis: '', demands: [''], replyDays: type === 'clarification' ? 0 : replyDays, contactName: null, contactPhone: null, attachments: [], copyTo: [],
    ...partsOf(type),
  }
}

/** The parts that only one type has. */
export function partsOf(type: LetterType): Pick<LetterDraft, 'interview' | 'card' | 'supervision' | 'clarification'> {
  return {
    interview: type === 'interview' ? { at: null, place: null, talkers: null, bring: null } : null,
    card: type === 'yellowCard' ? { since: null, until: null, year: null, result: null } : null,
    supervision: type === 'supervision' ? { matterNumber: null, source: null, supportUnits: null, dueOn: null } : null,
    clarification: type === 'clarification' ? { earlierNumber: null, finding: '' } : null,
  }
}

/** Without the lines that were added and left blank. */
export function tidyDraft(draft: LetterDraft): LetterDraft {
  return { ...draft, basis: draft.basis.trim(), facts: draft.facts.filter((fact) => fact.text.trim() !== ''), demands: draft.demands.map((line) => line.trim()).filter((line) => line !== '') }
}

export const sameDraft = (a: LetterDraft, b: LetterDraft): boolean => JSON.stringify(a) === JSON.stringify(b)
export const textOrNull = (text: string): string | null => (text === '' ? null : text)
