/** 句库: standard sentences by type and part. Neutral wording (domain.md, Spirit); places are filled from the record. */
import type { LetterType } from './types.ts'

export const sentenceParts = ['fact', 'basis', 'demand'] as const
export type SentencePart = (typeof sentenceParts)[number]
export type Sentence = { readonly id: string; readonly type: LetterType | null; readonly part: SentencePart; readonly text: string }

/** The places that a sentence may hold; anything else in braces is refused. */
export const sentencePlaces = ['姓名', '单位', '职务', '事项', '期次', '文号'] as const
export type SentenceValues = Readonly<Partial<Record<(typeof sentencePlaces)[number], string | null>>>

type SentenceSource = { readonly official: string | null; readonly unit: string; readonly post: string | null; readonly matter: string; readonly period: string | null; readonly earlier: string | null }

export function sentenceValuesOf({ official, unit, post, matter, period, earlier }: SentenceSource): SentenceValues {
  return { 姓名: official, 单位: unit, 职务: post, 事项: matter, 期次: period, 文号: earlier }
}

const texts: Readonly<Record<SentencePart, readonly (readonly [LetterType | null, readonly string[]])[]>> = {
  fact: [
    [null, ['据{期次}通报，{单位}{事项}进度低于序时要求。', '经核实，上述情况属实。', '截至目前，{事项}仍未取得实质进展。']],
    ['supervision', ['该事项由{单位}牵头办理，现已超过办结时限，尚未报送办理结果。', '前期已发函督办，目前仍未办结。']],
    ['interview', ['此前已就{事项}向{姓名}同志发函提醒，情况未见明显改善。']],
    ['yellowCard', ['{单位}在本年度考核中位次靠后，按规定予以黄牌警示。']],
  ],
  basis: [[null, ['履职尽责信息通报机制', '{期次}履职情况通报']], ['yellowCard', ['年度综合考核办法']]],
  demand: [
    [null, ['请认真分析原因，研究改进措施，明确责任人和完成时限。', '请抓紧推进{事项}，确保按期完成。']],
    ['reminder', ['请{姓名}同志高度重视，对照职责抓好落实。']],
    ['supervision', ['请于收到本函后立即组织办理，并按要求报送办理结果。', '不能按期办结的，请书面说明原因和预计办结时间。']],
    ['interview', ['请按时参加约谈，因故不能参加的，请提前说明。']],
    ['yellowCard', ['请制定整改方案，明确整改措施、责任人和完成时限。']],
  ],
}

/** Ids stay the same as long as the order here does: new sentences go to the end of their list. */
export const builtInSentences: readonly Sentence[] = sentenceParts.flatMap((part) =>
  texts[part].flatMap(([type, lines]) => lines.map((text, index) => ({ id: `builtin-${type ?? 'all'}-${part}-${index + 1}`, type, part, text }))))

/** The places in a sentence that are none, or braces that do not close. */
export function badPlaces(text: string): readonly string[] {
  const known = new Set<string>(sentencePlaces)
  const found = [...text.matchAll(/\{([^{}]*)\}/gu)].map((match) => match[1] ?? '').filter((name) => !known.has(name))
  const left = text.replaceAll(/\{[^{}]*\}/gu, '').match(/[{}].{0,10}/u)?.[0]
  return left === undefined ? found : [...found, left]
}

/** The exact text of the record in every place; null when one is not known, so that no brace ever reaches a paper. */
export function fillSentence(text: string, values: SentenceValues): string | null {
  let complete = true
  const filled = text.replaceAll(/\{([^{}]*)\}/gu, (_whole, name: string) => {
    const value = (values as Readonly<Record<string, string | null | undefined>>)[name]
    if (value === null || value === undefined || value === '') complete = false
    return value ?? ''
  })
  return complete ? filled : null
}
