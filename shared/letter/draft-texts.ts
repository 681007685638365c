/** Standing texts of drafts: what a clerk finds in the fields before editing. Neutral wording (domain.md, Spirit). */
import type { LetterType } from './content.ts'
import { defaultDemands } from './sentences.ts'

/** 招商引资 → 招商引资工作: the noun phrase of titles and openings. */
export function matterPhrase(matter: string): string {
  return /(?:工作|事项|项目|考核|说明|建设|任务|问题|情况)$/u.test(matter) ? matter : `${matter}工作`
}

export function draftDemands(type: LetterType): string[] {
  return type === 'clarification' ? [] : [...defaultDemands[type]]
}

/** The limit as the paper says it: counted from receipt, so no date can stand there yet. */
export function replyDemand(type: LetterType, days: number, organ: string): string | null {
  if (days === 0 || type === 'clarification') return null
  const paper = type === 'interview' || type === 'yellowCard' ? '本通知' : '本函'
  const what = type === 'supervision' ? '书面报告（包括进展、问题、措施、责任人和时限，附佐证材料）' : '书面说明（包括情况、原因、措施、责任人和时限）'
  return `请自收到${paper}之日起${days}个工作日内，将${what}签字盖章后送${organ}。`
}

export const draftTexts = {
  bring: '与约谈事由有关的书面材料',
  later: '另行通知',
  recently: '近期',
  reportForm: '书面报告并附佐证材料',
  unknownSource: '履职情况通报',
  issues: (count: number): string => `等${count}期通报`,
  /** 办理情况 without the number and the limit, which have their own fields. */
  taskStands: (period: string, status: string, days: number | null): string => `截至${period}末状态为“${status}”${days === null ? '' : `，已超过办结时限${days}天`}`,
  letterSource: (paper: string, number: string): string => `${paper}${number}的办理台账`,
  groups: { township: '镇街', department: '部门', taskforce: '专班' } as Readonly<Record<string, string>>,
  notNamed: '未注明',
  calendarUnknown: '日历未公布',
  composedBasis: '履职尽责信息通报机制',
  ruleStep: (rule: string, version: number, title: string): string => `按规则${rule}（第${version}版）“${title}”拟办`,
  cardLifted: (number: string): string => `${number}已撤销`,
  numberDoubled: (number: string): string => `文号重复：${number}由另一函件保留`,
  numberTaken: (number: string): string => `核对后${number}不由本函使用`,
  issuedTwice: (number: string): string => `同一函件签发两次，使用${number}`,
  proposalTwice: '同一拟办两次成函，核对后以另一处理为准',
  discardedBefore: '签发前草稿已在另一台机器上删除，核对后撤销',
  numberPending: '编号待定',
  leaseUnused: '租用后未使用',
  clarified: (number: string): string => `已由${number}澄清`,
  recheckVoided: (reason: string): string => `复核决定撤销：${reason}`,
  recheckOpen: '复核中',
  rechecked: (outcome: string): string => `复核决定：${outcome}`,
  dueBasis: (served: string, days: number): string => `自${served}收到次日起${days}个工作日`,
  supplementBasis: (on: string): string => `${on}审阅意见要求补充说明`,
  papers: { deliveryReceipt: '送达回证', replyForm: '书面说明', minutes: '谈话记录' },
  register: '函件台账',
  year: (year: number): string => `${year}年`,
  batch: (day: string, count: number): string => `函件-${day}-${count}件`,
  voided: (reason: string): string => `已撤销：${reason}`,
  noLongerFires: (day: string): string => `${day}再次运行规则时，已不符合规则条件`,
  ruleOff: '规则已停用',
} as const
