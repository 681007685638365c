/** Letters that try the page. All persons, organs' numbers and matters are invented. */
import type { LetterContent, LetterFact, ReminderContent } from '../../shared/letter/content.ts'

const organ = { mark: '滕州市人民政府办公室', sign: '滕州市人民政府办公室' }
const fact: LetterFact = {
  item: '招商引资工作', period: '2026-06', statement: '4月至6月签约项目、开工项目和到位资金没有增长', figures: [{ label: '签约项目', value: '3个' }, { label: '到位资金', value: '1200万元' }],
  source: '市招商促进中心《2026年6月份全市双招双引工作情况通报》',
}
const base = {
  organ, number: '滕督函〔2026〕12号', urgency: null, addressee: { kind: 'person', unit: '级索镇', post: '镇长', name: '欧阳㛃娜' }, matter: '招商引资工作', title: null,
  basis: ['《领导干部履职尽责信息通报办法》'], demands: [], replyDue: '2026-07-31', contact: { name: '司马𬱖', phone: '0632-5500123' }, reviewDays: 30, date: '2026-07-08', sealed: true, attachments: [], copyTo: [],
} as const

export const reminder: ReminderContent = { ...base, type: 'reminder', facts: [fact] }

/** A body of closed shapes, so that the characters of a line can be counted by their ink. */
const filled = (count: number): ReminderContent => ({ ...reminder, facts: [{ ...fact, statement: '国'.repeat(count) }] })
const named = (name: string): ReminderContent => ({ ...reminder, addressee: { ...reminder.addressee, name } as ReminderContent['addressee'] })
const titles = [
  '关于招商引资工作的提醒函',
  '关于招商引资工作和重点项目建设进度滞后有关情况的提醒函',
  '关于级索镇人民政府2026年上半年招商引资工作、重点项目建设和大气污染防治工作有关情况的提醒函',
  '关于市住房和城乡建设局2026年上半年老旧小区改造、农村人居环境整治、城市防汛排涝能力提升等督查事项办理进度滞后有关情况和下步工作要求的督办函',
] as const

const supervision: LetterContent = {
  ...base, type: 'supervision', number: '滕督函〔2026〕13号', urgency: '加急', matter: '农村人居环境整治等督查事项', addressee: { kind: 'unit', unit: '市住房和城乡建设局' },
  reportForm: '书面报告并附现场照片和佐证材料', overdue: true, attachments: ['督办事项清单'], copyTo: ['市纪委监委机关', '市委组织部'],
  facts: [1, 2].map((n) => ({
    ...fact, figures: [], item: `老旧小区改造第${n}批工程`, statement: '主体施工完成百分之六十，配套管网尚未进场',
    task: { number: `DC2026-0${n}7`, source: '市政府第31次常务会议', leadUnit: '市住房和城乡建设局', supportUnits: ['市财政局', '荆河街道办事处'], dueOn: '2026-06-20' },
  })),
}
const interview: LetterContent = {
  ...base, type: 'interview', number: '滕督函〔2026〕14号', replyDue: null, facts: [fact, { ...fact, item: '重点项目建设' }],
  interview: { time: '2026-07-15T09:30', place: '市政府3号楼二楼会议室', talkers: ['市政府督查室主任上官某', '市委组织部副部长徐某'], bring: ['履职情况说明', '整改工作计划'] },
}
const yellowCard: LetterContent = {
  ...base, type: 'yellowCard', number: '滕考发〔2026〕3号', matter: '2025年度综合考核', addressee: { kind: 'unit', unit: '羊庄镇人民政府' },
  facts: [{ item: '2025年度综合考核', period: '2025', statement: '综合考核总分86.42分，位次第20（共21个单位）', figures: [], source: '市考核办《2025年度综合考核结果》' }],
  card: { year: '2025', group: '镇街', rank: 20, grade: '合格', from: '2026-02-01', to: '2027-01-31', interviewee: '羊庄镇党委副书记、镇长诸葛某' },
  copyTo: ['市委组织部', '市纪委监委机关', '市委考核办'],
}
const clarification: LetterContent = {
  ...base, type: 'clarification', number: '滕督函〔2026〕18号', facts: [], basis: [], replyDue: null,
  original: { type: 'reminder', number: '滕督函〔2026〕12号', title: '关于招商引资工作有关情况的提醒函', date: '2026-07-08' },
  finding: '经复核，市招商促进中心已于2026年7月20日更正6月通报，你镇当期签约项目为5个，较上月增长2个，原函所列情况与事实不符',
}
const six = ['数据明细表', '2026年6月招商引资通报（节选）及有关项目的签约、开工和到位资金情况统计表', '填报说明', '重点项目投资完成情况表', '环境空气质量监测数据', '督查事项办理情况表']

/** The least closing paragraphs, so that the length of the letter is the length of its fact. */
export const exactPage = (statement: string): ReminderContent => ({ ...reminder, facts: [{ ...fact, figures: [], statement }] })

export const letterCases: Readonly<Record<string, LetterContent>> = {
  'reminder': reminder, 'supervision': supervision, 'interview': interview, 'yellowCard': yellowCard, 'clarification': clarification,
  'name-2': named('王伟'), 'name-3': named('李建国'), 'name-4': named('欧阳建国'), 'name-long': named('阿卜杜拉·买买提'), 'name-rare': named('㛃𬱖'),
  ...Object.fromEntries(titles.map((title, i) => [`title-${i + 1}`, { ...reminder, title }])),
  'three-lines': { ...clarification, finding: '经复核，原函所列情况与事实不符' },
  'three-pages': filled(900), 'attachments-6': { ...reminder, attachments: six }, 'unsealed': { ...reminder, sealed: false },
  'mark-long': { ...reminder, organ: { mark: '中共滕州市委全面深化改革委员会办公室', sign: '中共滕州市委全面深化改革委员会办公室' } },
  'copies': { ...reminder, copyTo: ['市委组织部', '市纪委监委机关', '市委考核办', '市招商促进中心', '市发展和改革局', '市行政审批服务局', '级索镇党委'] },
  'figures': { ...reminder, facts: [{ ...fact, statement: '签约项目3个、开工项目1个、到位资金1203.5万元，PM2.5月均42微克/立方米，编号DC2026-017的事项办结率86.42%，比2025年6月下降1.5个百分点；“双招双引”工作位列第21名'.repeat(3) }] },
}
