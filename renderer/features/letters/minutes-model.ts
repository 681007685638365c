/** 谈话记录 as text fields: a paragraph a line, the speaker's mark before it. */
import type { LetterMinutes } from '../../../shared/contract/letter-schemas.ts'
import { speakers } from '../../text/letters.ts'

type Content = LetterMinutes['content']

const marks = new RegExp(`^(${speakers.talker}|${speakers.person})\\s*[：:]\\s*`, 'u')

export function linesIn(text: string): string[] {
  return text.split(/\r?\n/u).map((line) => line.trim()).filter((line) => line !== '')
}

export function contentIn(text: string): Content {
  return linesIn(text).flatMap((line): Content => {
    const mark = marks.exec(line)
    const by = mark === null ? null : mark[1] === speakers.talker ? 'talker' as const : 'person' as const
    const said = mark === null ? line : line.slice(mark[0].length)
    return said === '' ? [] : [{ by, text: said }]
  })
}

export function linesOf(content: Content): string[] {
  return content.map(({ by, text }) => `${by === null ? '' : `${speakers[by]}：`}${text}`)
}

/** Names apart by 、 or a comma. */
export function namesIn(text: string): string[] {
  return text.split(/[、，,；;]/u).map((name) => name.trim()).filter((name) => name !== '')
}
