/** A rule's condition as a sentence, with the numbers that are in force, and the numbers themselves for the form. */
import type { RuleCondition } from './definition.ts'

const kindNames: Readonly<Record<string, string>> = {
  investment: '招商引资', projects: '重点项目', tasks: '督查事项', air: '生态环境', assessment: '综合考核', awards: '表彰',
}
const figureNames: Readonly<Record<string, string>> = {
  target: '全年任务', negotiating: '在谈项目', signed: '签约项目', signedAmount: '签约额', started: '开工项目', paidIn: '到位资金', completionRate: '完成率',
  scheduleRate: '时序进度', completedInvestment: '累计完成', plannedInvestment: '年度计划投资', totalInvestment: '总投资', dueOn: '办结时限', status: '状态',
  pm25: 'PM2.5月均', pm10: 'PM10', goodDayRate: '优良天数比例', yearOnYear: '同比', rank: '位次', score: '总分', grade: '等次', bonus: '奖金',
}
const unitKindNames = { township: '镇街', department: '部门', taskforce: '专班' } as const

const named = (keys: readonly string[]): string => keys.map((key) => figureNames[key] ?? key).join('、')

export function conditionText(condition: RuleCondition): string {
  switch (condition.type) {
    case 'stalled':
      return `连续${condition.months}个月${named(condition.figures)}均不高于上月（年内累计数，一月从零起算；缺报一月即中断）`
    case 'worst': {
      const who = condition.unitKind === null ? '' : unitKindNames[condition.unitKind]
      const span = condition.periods === 1 ? '本期' : `本期及此前${condition.periods - 1}期`
      const end = condition.valueWorst === 'highest' ? '最高' : '最低'
      return `${kindNames[condition.kind]}：${span}${who}位次均列后${condition.worst}位（无位次时按${named([condition.value])}${end}者；并列的一并计入）`
    }
    case 'behind':
      return `${kindNames[condition.kind]}：${named([condition.rate])}落后于${named([condition.schedule])}超过${condition.points}个百分点（完成率为空时按${named([condition.part])}÷${named([condition.whole])}计算）`
    case 'pastDue':
      return `${named([condition.due])}早于本期最后一日，${named([condition.status])}仍为${condition.statuses.join('、')}`
    case 'valueIn': {
      const who = condition.unitKind === null ? '' : unitKindNames[condition.unitKind]
      return `${kindNames[condition.kind]}：${who}${named([condition.figure])}为${condition.values.join('、')}`
    }
    case 'overdueReply':
      return '函件的书面说明已过期限未报送，且未批准延期'
  }
}

/** The numbers that an office may change; the same keys as in the condition. */
export function conditionParams(condition: RuleCondition): Record<string, number> {
  switch (condition.type) {
    case 'stalled': return { months: condition.months }
    case 'worst': return { worst: condition.worst, periods: condition.periods }
    case 'behind': return { points: condition.points }
    default: return {}
  }
}

/** The condition with other numbers, unchecked: ruleDefinitionSchema knows the bounds. Null for a key that this condition does not have. */
export function withParams(condition: RuleCondition, params: Readonly<Record<string, number>>): RuleCondition | null {
  const known = conditionParams(condition)
  if (Object.keys(params).some((key) => !(key in known))) return null
  return { ...condition, ...params }
}
