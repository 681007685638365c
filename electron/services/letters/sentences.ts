/** 句库: the program's sentences, the office's wording of them, and its own. */
import type { OutputOf, ParsedOf } from '../../../shared/contract/entries.ts'
import { badPlaces, builtInSentences, type SentencePart } from '../../../shared/domain/letters/sentence-bank.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import { attempt, ok, Refusal, type Result } from '../../../shared/result.ts'
import { storedSentences } from '../../store/queries/templates.ts'
import type { ReadDb } from '../../store/read-db.ts'
import type { OpenContext } from '../context.ts'
import { refuseText } from './compose.ts'

type Listed = OutputOf<'sentences.list'>[number]

/** Built-in ones first, in their order; a hidden one is left out. */
function allSentences(db: ReadDb): readonly Listed[] {
  const rows = new Map(storedSentences(db).map((row) => [row.id, row]))
  const builtIn = builtInSentences.flatMap((one): Listed[] => {
    const own = rows.get(one.id)
    if (own === undefined) return [{ ...one, builtIn: true, changed: false }]
    return own.hidden === true ? [] : [{ ...one, text: own.text ?? one.text, builtIn: true, changed: true }]
  })
  const known = new Set(builtInSentences.map((one) => one.id))
  const own = [...rows.values()].filter((row) => !known.has(row.id) && row.hidden !== true)
    .map((row): Listed => ({ id: row.id, type: row.type as LetterType | null, part: row.part as SentencePart, text: row.text ?? '', builtIn: false, changed: false }))
  return [...builtIn, ...own]
}

export function listSentences({ type }: ParsedOf<'sentences.list'>, { store }: OpenContext): Result<OutputOf<'sentences.list'>> {
  return ok(store.read(allSentences).filter((one) => !type || one.type === null || one.type === type))
}

/** SECRECY_GRADE, UNSAFE_TEXT, BAD_INPUT {field: 'text'} for a place that is none, NOT_FOUND. */
export function saveSentence({ id, type, part, text }: ParsedOf<'sentences.save'>, { store, account }: OpenContext): Result<OutputOf<'sentences.save'>> {
  return attempt(() => {
    refuseText({ text })
    if (badPlaces(text).length > 0) throw new Refusal('BAD_INPUT', { field: 'text', reason: 'places', places: badPlaces(text) })
    return store.write({ kind: 'sentences.save', author: account.id }, (tx) => {
      if (id !== null && !allSentences(tx).some((one) => one.id === id)) throw new Refusal('NOT_FOUND', { what: 'sentence' })
      const own = id ?? tx.newId()
      const fixed = builtInSentences.find((one) => one.id === own)
      tx.put('sentence', own, 'sentence', { type: fixed ? fixed.type : type, part: fixed ? fixed.part : part, text, hidden: false })
      const saved = allSentences(tx).find((one) => one.id === own)
      if (saved === undefined) throw new Error('a saved sentence is not listed')
      return saved
    })
  })
}

/** A built-in one is hidden, an own one removed. */
export function removeSentence({ id }: ParsedOf<'sentences.remove'>, { store, account }: OpenContext): Result<OutputOf<'sentences.remove'>> {
  return attempt(() => store.write({ kind: 'sentences.remove', author: account.id }, (tx) => {
    const found = allSentences(tx).find((one) => one.id === id)
    if (found === undefined) throw new Refusal('NOT_FOUND', { what: 'sentence' })
    if (found.builtIn) tx.put('sentence', id, 'sentence', { type: found.type, part: found.part, text: found.text, hidden: true })
    else tx.remove('sentence', id)
    return {}
  }))
}

export function resetSentences({ store, account }: OpenContext): Result<OutputOf<'sentences.reset'>> {
  return attempt(() => store.write({ kind: 'sentences.reset', author: account.id }, (tx) => {
    const rows = storedSentences(tx)
    for (const row of rows) tx.remove('sentence', row.id)
    return { removed: rows.length }
  }))
}
