/** 谈话记录 as text fields: a paragraph a line, 问： and 答： say who speaks. */
import type { LetterMinutes } from '../../../shared/contract/letter-schemas.ts'

type Content = LetterMinutes['content']

export function linesIn(text: string): string[] {
  return text.split(/\r?\n/u).map((line) => line.trim()).filter((line) => line !== '')
}

export function contentIn(text: string): Content {
  return linesIn(text).flatMap((line): Content => {
    const mark = /^(问|答)\s*[：:]\s*/u.exec(line)
    const by = mark === null ? null : mark[1] === '问' ? 'talker' as const : 'person' as const
    const said = mark === null ? line : line.slice(mark[0].length)
    return said === '' ? [] : [{ by, text: said }]
  })
}

export function linesOf(content: Content): string[] {
  return content.map(({ by, text }) => `${by === null ? '' : by === 'talker' ? '问：' : '答：'}${text}`)
}

/** Names apart by 、 or a comma. */
export function namesIn(text: string): string[] {
  return text.split(/[、，,；;]/u).map((name) => name.trim()).filter((name) => name !== '')
}
