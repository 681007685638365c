/** 句库 and the offices' own templates. */
import { z } from 'zod'
import { sentenceParts } from '../domain/letters/sentence-bank.ts'
import { count, fileToken, id, millis, nothing, shortText } from './common.ts'
import { defineEntry } from './define.ts'
import { letterType } from './letter-schemas.ts'

const sentencePart = z.enum(sentenceParts)
/** `type` null: for every type. `text` may hold places such as {姓名}, filled from the record when it is put into a draft. */
const sentence = z.strictObject({ id, type: letterType.nullable(), part: sentencePart, text: z.string(), builtIn: z.boolean(), changed: z.boolean() })
export const sentencesList = defineEntry({ name: 'sentences.list', input: z.strictObject({ type: letterType.nullish() }), output: z.array(sentence), access: 'session' })
/** `id` null: a new one; a built-in's id: the office's own wording of it. */
export const sentencesSave = defineEntry({
  name: 'sentences.save',
  input: z.strictObject({ id: id.nullable(), type: letterType.nullable(), part: sentencePart, text: z.string().trim().min(2).max(1_000) }),
  output: sentence,
  access: ['check', 'issue', 'admin'],
})
export const sentencesRemove = defineEntry({ name: 'sentences.remove', input: z.strictObject({ id }), output: nothing, access: ['check', 'issue', 'admin'] })
/** Back to the program's sentences; the office's own go. */
export const sentencesReset = defineEntry({ name: 'sentences.reset', input: z.strictObject({}), output: z.strictObject({ removed: count }), access: ['admin'] })

const templateRow = z.strictObject({ id, type: letterType, version: count, fileName: z.string(), note: z.string().nullable(), active: z.boolean(), addedOn: millis, addedBy: z.string(), missing: z.boolean() })
/** Kinds: unknown (no such place), missing (a needed one is not there), unclosed ({ without }), loop (a list not opened or not closed), header (a place where none is filled). */
const problem = z.strictObject({ kind: z.enum(['unknown', 'missing', 'unclosed', 'loop', 'header']), text: z.string() })
const report = z.strictObject({ places: z.array(z.strictObject({ place: z.string(), count })), problems: z.array(problem) })

export const templatesList = defineEntry({ name: 'templates.list', input: z.strictObject({}), output: z.array(templateRow), access: 'session' })
/** To copy into Word. `list`: the place stands in a row or paragraph between {#list} and {/list}. */
export const templatesPlaces = defineEntry({
  name: 'templates.places',
  input: z.strictObject({ type: letterType }),
  output: z.array(z.strictObject({ place: z.string(), about: z.string(), sample: z.string(), list: z.string().nullable(), needed: z.boolean() })),
  access: 'session',
})
/** FILE_MACRO, FILE_DAMAGED, FILE_WRONG_KIND, FILE_ENCRYPTED, FILE_TOO_LARGE, FILE_BOMB, TEMPLATE_PICTURE, TEMPLATE_TOO_MANY; what is wrong with the places is in the report. */
export const templatesCheck = defineEntry({ name: 'templates.check', input: z.strictObject({ type: letterType, file: fileToken }), output: report, access: 'session' })
/** Stored only without problems (else TEMPLATE_REFUSED {problems}); it counts from `templates.activate` on. */
export const templatesUpload = defineEntry({ name: 'templates.upload', input: z.strictObject({ type: letterType, file: fileToken, note: shortText.nullish() }), output: templateRow, access: ['admin'] })
const offered = z.strictObject({ file: fileToken, name: z.string() })
/** The stored template filled with sample data. */
export const templatesTrial = defineEntry({ name: 'templates.trial', input: z.strictObject({ id }), output: offered, access: 'session' })
/** The stored file itself, to go on working with. */
export const templatesFile = defineEntry({ name: 'templates.file', input: z.strictObject({ id }), output: offered, access: 'session' })
/** Letters issued from now on are made with it; issued ones keep theirs. */
export const templatesActivate = defineEntry({ name: 'templates.activate', input: z.strictObject({ id }), output: templateRow, access: ['admin'] })
export const templatesReset = defineEntry({ name: 'templates.reset', input: z.strictObject({ type: letterType }), output: nothing, access: ['admin'] })
