/** Letters of every type as an office would send them. All persons and numbers are invented. */
import type {
  ClarificationContent, InterviewContent, LetterContent, LetterFact, ReminderContent, SupervisionContent, YellowCardContent,
} from '../../../shared/letter/content.ts'

export function fact(n: number): LetterFact {
  return {
    item: `第${n}项重点工作任务`,
    period: '2026-06',
    statement: `签约项目、开工项目和到位资金与${n}个月前相比没有增长`,
    figures: [{ label: '签约项目', value: `${n}个` }, { label: '开工项目', value: '1个' }, { label: '到位资金', value: `${1200 + n}.5万元` }],
    source: `市招商促进中心《2026年6月招商引资通报》第${n + 4}行`,
  }
}

const base = {
  organ: { mark: '滕州市人民政府办公室', sign: '滕州市人民政府办公室' },
  number: '滕督函〔2026〕12号',
  urgency: null,
  addressee: { kind: 'person', unit: '级索镇', post: '党委副书记、镇长', name: '欧阳㛃娜' },
  matter: '招商引资工作',
  title: null,
  basis: ['《滕州市领导干部履职尽责信息通报办法》', '2026年6月招商引资通报'],
  demands: [],
  replyDue: '2026-07-31',
  contact: { name: '司马𬱖', phone: '0632-5500123' },
  reviewDays: 30,
  date: '2026-07-08',
  sealed: true,
  attachments: [],
  copyTo: [],
} as const

export const reminder: ReminderContent = { ...base, type: 'reminder', facts: [{ ...fact(3), item: '招商引资工作' }] }

export const supervision: SupervisionContent = {
  ...base, type: 'supervision', number: '滕督函〔2026〕13号', urgency: '加急', matter: '农村人居环境整治等督查事项', addressee: { kind: 'unit', unit: '市住房和城乡建设局' },
  reportForm: '书面报告并附现场照片和佐证材料', overdue: true, facts: [1, 2].map((n) => ({
    ...fact(n), figures: [],
    item: `老旧小区改造第${n}批工程`, statement: '主体施工完成百分之六十，配套管网尚未进场',
    task: { number: `DC2026-0${n}7`, source: '市政府第31次常务会议', leadUnit: '市住房和城乡建设局', supportUnits: ['市财政局', '荆河街道办事处'], dueOn: '2026-06-20' },
  })),
  attachments: ['督办事项清单'], copyTo: ['市纪委监委机关', '市委组织部'],
}

export const interview: InterviewContent = {
  ...base, type: 'interview', number: '滕督函〔2026〕14号', facts: [fact(1), fact(2)], replyDue: null,
  interview: { time: '2026-07-15T09:30', place: '市政府3号楼二楼会议室', talkers: ['市政府督查室主任上官某', '市委组织部副部长徐某'], bring: ['履职情况说明', '整改工作计划'] },
}

export const yellowCard: YellowCardContent = {
  ...base, type: 'yellowCard', number: '滕考发〔2026〕3号', matter: '2025年度综合考核', addressee: { kind: 'unit', unit: '羊庄镇人民政府' },
  facts: [{ item: '2025年度综合考核', period: '2025', statement: '综合考核总分在21个镇街中位列第20位', figures: [{ label: '总分', value: '86.42分' }], source: '市考核办《2025年度综合考核结果》镇街表第22行' }],
  card: { year: '2025', group: '镇街', rank: 20, grade: '合格', from: '2026-02-01', to: '2027-01-31', interviewee: '羊庄镇党委副书记、镇长诸葛某' },
  copyTo: ['市委组织部', '市纪委监委机关', '市委考核办'],
}

export const clarification: ClarificationContent = {
  ...base, type: 'clarification', number: '滕督函〔2026〕18号', facts: [], basis: [], replyDue: null,
  original: { type: 'reminder', number: '滕督函〔2026〕12号', title: '关于招商引资工作有关情况的提醒函', date: '2026-07-08' },
  finding: '经复核，市招商促进中心已于2026年7月20日更正6月通报，你镇当期签约项目为5个，较上月增长2个，原函所列情况与事实不符',
}

export const everyType: readonly LetterContent[] = [reminder, supervision, interview, yellowCard, clarification]

export const longTitles: readonly string[] = [
  '关于招商引资工作的提醒函',
  '关于招商引资工作和重点项目建设进度滞后有关情况的提醒函',
  '关于级索镇人民政府2026年上半年招商引资工作、重点项目建设和大气污染防治工作有关情况的提醒函',
  '关于市住房和城乡建设局2026年上半年老旧小区改造、农村人居环境整治、城市防汛排涝能力提升等督查事项办理进度滞后有关情况和下步工作要求的督办函',
]

/** Letters that test the page: short, many items, long titles, attachments, unsealed. */
export const hardCases: Readonly<Record<string, LetterContent>> = {
  ten: { ...reminder, facts: Array.from({ length: 10 }, (_, i) => fact(i + 1)), attachments: ['数据明细表', '2026年6月招商引资通报（节选）及有关项目的签约、开工和到位资金情况统计表', '填报说明'], copyTo: ['市委组织部'] },
  two: { ...reminder, facts: [fact(1), fact(2)], urgency: '特急', attachments: ['1月至6月招商引资数据明细'] },
  unsealed: { ...reminder, sealed: false, number: null },
  longOrgan: { ...reminder, organ: { mark: '中共滕州市委全面深化改革委员会办公室', sign: '中共滕州市委全面深化改革委员会办公室' } },
  ...Object.fromEntries(longTitles.map((title, i) => [`title${i + 1}`, { ...reminder, title }])),
}
