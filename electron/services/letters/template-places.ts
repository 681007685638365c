/** The places of the offices' own templates: their names, what they mean, and the values of one letter. */
import type { OutputOf } from '../../../shared/contract/entries.ts'
import type { LetterType } from '../../../shared/domain/letters/types.ts'
import type { LetterContent } from '../../../shared/letter/content.ts'
import { describeLayout } from '../../../shared/letter/describe.ts'
import { layoutLetter } from '../../../shared/letter/layout.ts'

export type Place = OutputOf<'templates.places'>[number]
export type PlaceValues = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>

const plain = (place: string, about: string, sample: string, needed = false): Place => ({ place, about, sample, list: null, needed })
const inList = (list: string, place: string, about: string, sample: string): Place => ({ place, about, sample, list, needed: false })

const common: readonly Place[] = [
  plain('发文机关', '发文机关标志', '某市人民政府办公室'), plain('文号', '发文字号，草稿为空', '某督函〔2026〕12号', true), plain('标题', '函件标题', '关于招商引资工作有关情况的提醒函', true), plain('主送', '主送对象，含职务和姓名', '某某镇党委副书记、镇长欧阳某：'),
  plain('单位', '对象所在单位', '某某镇'), plain('姓名', '对象姓名；发给单位的为空', '欧阳某'), plain('职务', '对象职务', '党委副书记、镇长'), plain('事项', '重点工作', '招商引资工作'), plain('依据', '依据，用顿号隔开', '履职尽责信息通报机制'),
  inList('正文', '段落', '正文的一段', '据2026年6月通报，招商引资工作进度低于序时要求。'),
  inList('事实', '序号', '事实的序号', '1'), inList('事实', '内容', '事实的内容', '签约项目3个，开工项目1个'), inList('事实', '事实事项', '事实的事项', '招商引资'), inList('事实', '期次', '数据的期次', '2026-06'), inList('事实', '来源', '数据的来源', '《2026年6月招商引资通报》'),
  inList('要求', '要求内容', '要求的一条', '请认真分析原因，研究改进措施。'),
  plain('联系人', '联系人', '周某'), plain('联系电话', '联系电话', '0000-5500000'), plain('署名', '发文机关署名', '某市人民政府办公室'), plain('日期', '成文日期，草稿为空', '2026年7月6日', true),
]
const own: Readonly<Record<LetterType, readonly Place[]>> = {
  reminder: [], supervision: [],
  interview: [plain('约谈时间', '约谈时间', '2026-07-15T09:30'), plain('约谈地点', '约谈地点', '市政府3号楼会议室'), plain('约谈人', '约谈人', '市政府督查室'), plain('携带材料', '携带材料', '书面说明')],
  yellowCard: [plain('年度', '考核年度', '2025'), plain('位次', '位次', '20'), plain('等次', '等次', '合格'), plain('黄牌自', '黄牌起始日', '2026-02-01'), plain('黄牌至', '黄牌截止日', '2027-01-31')],
  clarification: [plain('原文号', '原函件文号', '某督函〔2026〕3号'), plain('查明情况', '查明的情况', '经核实，原通报数据有误。')],
}

export const placesOf = (type: LetterType): readonly Place[] => [...common, ...own[type]]
export const listNames = ['正文', '事实', '要求'] as const

function ownValues(content: LetterContent): PlaceValues {
  switch (content.type) {
    case 'interview': return { 约谈时间: content.interview.time.replace('T', ' '), 约谈地点: content.interview.place, 约谈人: content.interview.talkers.join('、'), 携带材料: content.interview.bring.join('、') }
    case 'yellowCard': return { 年度: content.card.year, 位次: content.card.rank === null ? '' : String(content.card.rank), 等次: content.card.grade ?? '', 黄牌自: content.card.from, 黄牌至: content.card.to }
    case 'clarification': return { 原文号: content.original.number, 查明情况: content.finding }
    case 'reminder': case 'supervision': return {}
  }
}

/** Every place of the letter's type, from the same text as the built-in paper. */
export function placeValues(content: LetterContent): PlaceValues {
  const text = describeLayout(layoutLetter(content))
  const { addressee } = content
  return {
    发文机关: content.organ.mark, 文号: content.number ?? '', 标题: text.title, 主送: text.addressee ?? '', 单位: addressee.unit, 姓名: addressee.kind === 'person' ? addressee.name : '', 职务: addressee.kind === 'person' ? addressee.post : '',
    事项: content.matter, 依据: content.basis.join('、'), 正文: text.body.map((段落) => ({ 段落 })),
    事实: content.facts.map((fact, index) => ({ 序号: String(index + 1), 内容: fact.statement, 事实事项: fact.item, 期次: fact.period, 来源: fact.source })), 要求: content.demands.map((要求内容) => ({ 要求内容 })),
    联系人: content.contact.name, 联系电话: content.contact.phone, 署名: text.signature ?? '', 日期: text.date ?? '', ...ownValues(content),
  }
}

/** Sample data for a trial print: two rows in every list. */
export function sampleValues(type: LetterType): PlaceValues {
  const places = placesOf(type)
  const row = (list: string): Record<string, string> => Object.fromEntries(places.filter((one) => one.list === list).map((one) => [one.place, one.sample]))
  return { ...Object.fromEntries(places.filter((one) => one.list === null).map((one) => [one.place, one.sample])), ...Object.fromEntries(listNames.map((list) => [list, [row(list), row(list)]])) }
}
