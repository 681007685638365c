/** Version 1 of the rules of domain.md section 4. Every number is a setting: offices edit copies of this data, never the engine. */
import type { RuleDefinition } from './definition.ts'

const version = 1
const enabled = true

export const defaultRules: readonly RuleDefinition[] = [
  {
    id: 'R1', version, enabled, title: '招商引资连续无进展',
    condition: { type: 'stalled', kind: 'investment', figures: ['signed', 'started', 'paidIn'], months: 3 },
    measure: 'reminder', addressee: 'rowOfficial', matter: '招商引资', cause: '招商引资工作没有实质进展',
    basis: '履职尽责信息通报机制；招商引资工作情况月通报',
    fact: '{period}累计签约项目{signed}个、开工项目{started}个、到位资金{paidIn:yuan}', factByValue: null,
  },
  {
    id: 'R2', version, enabled, title: '大气污染防治连续排名靠后',
    condition: { type: 'worst', kind: 'air', rank: 'rank', value: 'pm25', valueWorst: 'highest', worst: 3, periods: 2, unitKind: null, items: [] },
    measure: 'reminder', addressee: 'unitHead', matter: '大气污染防治', cause: '大气污染防治工作不力',
    basis: '履职尽责信息通报机制；环境空气质量情况月通报',
    fact: '{period}环境空气质量位次第{rank}（共{units}个单位），PM2.5月均{pm25}微克/立方米',
    factByValue: '{period}PM2.5月均{pm25}微克/立方米，列后{worst}位（共{units}个单位）',
  },
  {
    id: 'R3', version, enabled, title: '重点项目投资进度滞后',
    condition: { type: 'behind', kind: 'projects', rate: 'completionRate', schedule: 'scheduleRate', part: 'completedInvestment', whole: 'plannedInvestment', points: 15 },
    measure: 'reminder', addressee: 'rowOfficial', matter: '重点项目', cause: '重点项目建设进度滞后',
    basis: '履职尽责信息通报机制；重点项目建设进展情况月通报',
    fact: '{item}：截至{period}投资完成率{completionRate:percent}，时序进度{scheduleRate:percent}，落后{gap}个百分点', factByValue: null,
  },
  {
    id: 'R4', version, enabled, title: '督查事项超期未办结',
    condition: { type: 'pastDue', kind: 'tasks', status: 'status', statuses: ['在办'], due: 'dueOn' },
    measure: 'supervision', addressee: 'rowOfficial', matter: '督查事项', cause: '督查事项超过办结时限未办结',
    basis: '履职尽责信息通报机制；督查事项办理情况月通报',
    fact: '{item}（{content}）：办结时限{dueOn:date}，截至{period}末状态为{status}', factByValue: null,
  },
  {
    id: 'R5', version, enabled, title: '镇街综合考核后三名',
    condition: { type: 'worst', kind: 'assessment', rank: 'rank', value: 'score', valueWorst: 'lowest', worst: 3, periods: 1, unitKind: 'township', items: [] },
    measure: 'yellowCardInterview', addressee: 'unitHead', matter: '综合考核', cause: '年度综合考核位次靠后',
    basis: '年度综合考核办法；亮牌警示制度',
    fact: '{period}{item}总分{score}，位次第{rank}（共{units}个单位）', factByValue: '{period}{item}总分{score}，列后{worst}位（共{units}个单位）',
  },
  {
    id: 'R6', version, enabled, title: '部门考核不合格',
    condition: { type: 'valueIn', kind: 'assessment', figure: 'grade', values: ['不合格'], unitKind: 'department', items: [] },
    measure: 'yellowCardInterview', addressee: 'unitHead', matter: '综合考核', cause: '年度考核等次不合格',
    basis: '年度综合考核办法；亮牌警示制度',
    fact: '{period}{item}总分{score}，等次{grade}', factByValue: null,
  },
  {
    id: 'R7', version, enabled, title: '书面说明逾期未报',
    condition: { type: 'overdueReply', letterTypes: [] },
    measure: 'interview', addressee: 'letterOfficial', matter: '书面说明', cause: '逾期未报送书面说明',
    basis: '履职尽责信息通报机制；函件回复时限要求',
    fact: '{letterType}{number}要求于{replyDue:date}前报送书面说明，已逾期{overdueDays}天', factByValue: null,
  },
]
