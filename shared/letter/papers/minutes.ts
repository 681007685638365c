/** 谈话记录: who talked, when, where and why; what was said; the person's account and pledge. Signatures stand on every page. */
import { chineseTime } from '../dates.ts'
import { nominalPage, sizes, typeWidth } from '../geometry.ts'
import type { PageGeometry } from '../geometry.ts'
import type { LayoutBlock, LetterLayout, TableBlock } from '../layout-types.ts'
import { titleBlock } from '../layout.ts'
import { minutesTexts as texts } from '../report-texts.ts'
import { cell, formHeading, formLine, row } from './cells.ts'

/** Times `YYYY-MM-DDTHH:mm`. Paragraphs of `content` are questions and answers or plain words, in order. */
export type MinutesContent = {
  readonly number: string
  /** null: to be written by hand. */
  readonly from: string | null
  readonly to: string | null
  readonly place: string
  readonly person: string
  readonly unit: string
  readonly post: string
  readonly talkers: readonly string[]
  readonly recorder: string
  readonly cause: string
  readonly content: readonly { readonly by: 'talker' | 'person' | null; readonly text: string }[]
  /** The person's own account; empty: nothing was added. */
  readonly account: readonly string[]
  readonly pledge: readonly string[]
}

/** Blank lines of the form: so many that its two pages are for what was said, with room for the account and the pledge. */
const blankLines = { content: 18, account: 4, pledge: 4 } as const

/** The form as it is taken to the talk: what the notice says is filled in, the rest is lines to write on. */
export function blankMinutes(known: Pick<MinutesContent, 'number' | 'from' | 'place' | 'person' | 'unit' | 'post' | 'talkers' | 'cause'>, page: PageGeometry = nominalPage): LetterLayout {
  const empty = (count: number): readonly string[] => Array.from({ length: count }, () => '')
  const content = empty(blankLines.content).map((text) => ({ by: null, text }))
  return layoutMinutes({ ...known, to: null, recorder: '', content, account: empty(blankLines.account), pledge: empty(blankLines.pledge) }, page)
}

export function layoutMinutes(content: MinutesContent, usual: PageGeometry = nominalPage): LetterLayout {
  // Two lines of the type area hold the signatures of every page.
  const page = { ...usual, bottom: usual.bottom + 2 * usual.pitch }
  const said = content.content.map(({ by, text }) => formLine(`${by === null ? '' : by === 'talker' ? texts.ask : texts.answer}${text}`, { indent: true }))
  const account = (content.account.length > 0 ? content.account : [texts.noAccount]).map((text) => formLine(text, { indent: true }))
  const pledge: readonly LayoutBlock[] = content.pledge.length === 0 ? [] : [formHeading(texts.pledge), ...content.pledge.map((text) => formLine(text, { indent: true }))]
  return {
    format: 'general', page, pageFoot: texts.foot,
    blocks: [
      titleBlock(texts.title, [], page, 0), formLine('', { keepNext: true }), frameTable(content, typeWidth(page)),
      formHeading(texts.content), ...said, formHeading(texts.account), ...account, ...pledge, formLine(texts.confirm, { indent: true }),
    ],
  }
}

function frameTable(content: MinutesContent, width: number): TableBlock {
  const label = 1800
  const widths = [label, width / 2 - label, label, width / 2 - label]
  const pair = (a: string, first: string, b: string, second: string) => row([cell(a, 'center'), cell(first), cell(b, 'center'), cell(second)], 560)
  const wide = (name: string, value: string) => row([cell(name, 'center'), cell(value, 'left', 3)], 560)
  const time = content.from === null ? '' : `${chineseTime(content.from)}${content.to === null ? '' : `${texts.to}${endTime(content.from, content.to)}`}`
  return {
    role: 'table', widths, head: [], size: sizes.small, pitch: 400,
    rows: [
      wide(texts.time, time), wide(texts.place, content.place), pair(texts.person, content.person, texts.post, content.post), wide(texts.unit, content.unit),
      pair(texts.talkers, content.talkers.join('、'), texts.recorder, content.recorder), wide(texts.cause, content.cause), wide(texts.number, content.number),
    ],
  }
}

/** On the same day the hour says it all. */
function endTime(from: string, to: string): string {
  const whole = chineseTime(to)
  return from.slice(0, 10) === to.slice(0, 10) ? whole.slice(whole.indexOf('）') + 1) : whole
}
