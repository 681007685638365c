/** Every standing text of the papers. Neutral, and with the right of reply kept in each of them (domain.md, Spirit). */
import type { LetterType } from './content.ts'

export const typeNames: Readonly<Record<LetterType, string>> = {
  reminder: '提醒函', supervision: '督办函', interview: '约谈通知书', yellowCard: '黄牌通知', clarification: '澄清函',
}

export const frameTexts = {
  /** Stands where the number will be. */
  numberPending: '（编号待定）',
  datePending: '　　　　年　　月　　日',
  document: '文件',
  attachments: '附件：',
  copyTo: '抄送：',
  printed: '印发',
  stop: '。',
  comma: '，',
  listComma: '、',
} as const

export const titles = {
  reminder: (matter: string) => `关于${matter}有关情况的提醒函`,
  supervision: (matter: string) => `关于${matter}的督办函`,
  interview: (matter: string) => `关于${matter}的约谈通知书`,
  yellowCard: (unit: string) => `关于对${unit}予以黄牌警示的通知`,
  clarification: (number: string, type: string) => `关于${number}${type}有关情况的澄清函`,
} as const

export const headings = {
  facts: '有关情况',
  tasks: '督办事项',
  demands: '有关要求',
  handling: '办理要求',
  rights: '陈述和复核',
  cause: '约谈事由',
  arrangement: '约谈安排',
  term: '警示期限',
} as const

/** 督查事项 is not followed by 有关事项 once more. */
const ofMatter = (matter: string): string => (matter.endsWith('事项') ? matter : `${matter}有关事项`)

export const openings = {
  reminder: (basis: string, matter: string) => `根据${basis}，现就${matter}有关情况提醒如下。`,
  supervision: (basis: string, matter: string) => `根据${basis}，现就${ofMatter(matter)}督办如下。`,
  urge: (basis: string, matter: string) => `根据${basis}，${ofMatter(matter)}已超过办结时限，现予催办。`,
  interview: (basis: string, matter: string) => `根据${basis}，现就${matter}有关情况与你进行约谈，具体事项通知如下。`,
  yellowCard: (basis: string, result: string) => `根据${basis}，你单位${result}。经研究，决定对你单位予以黄牌警示，现将有关事项通知如下。`,
  clarification: (date: string, type: string, title: string, number: string) =>
    `${date}，我单位印发了${type}《${title}》（${number}，以下简称原函）。现将有关情况澄清如下。`,
} as const

export const factTexts = {
  figures: (text: string) => `有关数据：${text}`,
  source: (text: string) => `数据来源：${text}`,
  period: (period: string, statement: string) => `${period}，${statement}`,
  taskNumber: (text: string) => `事项编号：${text}`,
  taskSource: (text: string) => `来源：${text}`,
  lead: (text: string) => `主责单位：${text}`,
  support: (text: string) => `配合单位：${text}`,
  due: (text: string) => `办结时限：${text}`,
  progress: (text: string) => `目前进展：${text}`,
} as const

export const defaultDemands: Readonly<Record<Exclude<LetterType, 'clarification'>, readonly string[]>> = {
  reminder: ['请认真分析原因，研究改进措施，抓好工作落实。'],
  supervision: ['请抓紧组织办理，明确责任人和时间节点；需要有关单位配合或者协调解决的困难，请在报告中一并说明。'],
  interview: ['请按时参加约谈。因特殊情况不能按时参加的，请提前与联系人沟通，另行商定时间。'],
  yellowCard: ['请认真分析原因，制定整改措施，明确责任人和完成时限，切实改进工作。'],
}

export const demandTexts = {
  reply: (due: string, organ: string) => `请于${due}前将书面说明（包括有关情况、主要原因、改进措施、责任人和完成时限）送${organ}。`,
  report: (due: string, organ: string, form: string) => `请于${due}前将办理情况送${organ}，报告形式：${form}。`,
  interviewee: (person: string) => `将约谈${person}，具体时间和地点另行通知。`,
  rectification: (due: string, organ: string) => `请于${due}前将书面说明（包括主要原因、整改措施、责任人和完成时限）送${organ}。`,
} as const

export const interviewTexts = {
  time: '时间：', place: '地点：', talkers: '约谈人：', bring: '请准备的材料：', noMaterial: '无需准备材料',
  heard: '约谈时可以就有关情况作出说明、提供材料，说明内容如实记入谈话记录，并由本人核对确认。',
} as const

export const cardTexts = {
  rank: (year: string, group: string, rank: number) => `在${year}年度${group}综合考核中位列第${rank}名`,
  grade: (year: string, group: string, grade: string) => `在${year}年度${group}综合考核中等次为${grade}`,
  rankAndGrade: (year: string, group: string, rank: number, grade: string) => `在${year}年度${group}综合考核中位列第${rank}名、等次为${grade}`,
  term: (from: string, to: string) => `黄牌警示期限自${from}起至${to}止。期间整改到位的，可以申请提前解除。`,
} as const

/** Short, so that a letter about one fact ends on its first page with its seal: a reminder is read, not studied. */
export const rightTexts = {
  letter: (days: number) =>
    `对所列情况有不同意见的，可在书面说明中提出，也可自收到之日起${days}日内申请复核。书面说明和复核结论一并留存。`,
  notice: (days: number) =>
    `对所列情况有不同意见的，可以书面说明并附有关材料，也可以自收到本通知之日起${days}日内申请复核。书面说明和复核结论与本通知一并留存。`,
} as const

export const clarificationTexts = {
  /** One line, and two below: a 澄清函 whose finding takes three lines ends on its first page with its seal. */
  void: '原函自即日起作废，不计入统计和考核，台账已同步注明。',
  kept: '此前提交的书面说明及有关材料与原函、本函一并留存；仍有不同意见的，可以书面提出。由此带来的不便，敬请谅解。',
  moreFacts: '核查情况',
} as const

export const closings: Readonly<Record<LetterType, string>> = {
  reminder: '特此函告。', supervision: '特此函告。', interview: '特此通知。', yellowCard: '特此通知。', clarification: '特此函告。',
}

/** 附注; null where the office names neither. */
export const noteText = (name: string, phone: string): string | null => {
  const parts = [...(name === '' ? [] : [`联系人：${name}`]), ...(phone === '' ? [] : [`电话：${phone}`])]
  return parts.length === 0 ? null : `（${parts.join('，')}）`
}
export const comrade = (text: string): string => `${text}同志：`
export const toUnit = (unit: string): string => `${unit}：`
