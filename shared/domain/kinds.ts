/** The eight kinds of workbook of the import contract (domain.md section 3). */
export const importKinds = ['units', 'officials', 'investment', 'projects', 'tasks', 'air', 'assessment', 'awards'] as const
export type ImportKind = (typeof importKinds)[number]

/** The kinds whose rows are duty reports (units and officials feed the rosters instead). */
export const reportKinds = ['investment', 'projects', 'tasks', 'air', 'assessment', 'awards'] as const
export type ReportKind = (typeof reportKinds)[number]

export const unitKinds = ['township', 'department', 'taskforce'] as const
export type UnitKind = (typeof unitKinds)[number]

/** 类别 as workbooks write it. */
export const unitKindNames: Readonly<Record<UnitKind, string>> = { township: '镇街', department: '部门', taskforce: '专班' }

/** The refusal codes of domain.md section 3; one row may carry several. */
export const refusalCodes = [
  'UNIT_UNKNOWN', 'UNIT_MISSING', 'OFFICIAL_UNKNOWN', 'OFFICIAL_ELSEWHERE', 'OFFICIAL_AMBIGUOUS', 'NOT_A_NUMBER', 'OUT_OF_RANGE', 'BAD_DATE',
  'DUPLICATE_ROW', 'CELL_ERROR', 'FORMULA_WITHOUT_VALUE', 'REQUIRED_MISSING', 'UNKNOWN_VALUE',
] as const
export type RefusalCode = (typeof refusalCodes)[number]

/** A period is a month `2026-06` or a year `2025`; null for the rosters. */
export type Period = string

/**
 * The figures of one report row under fixed English keys; the same shape in the log, in the tables and in the rules.
 * Amounts are whole 元 (integers); percentages are plain numbers (12.5 means 12.5 %); dates `YYYY-MM-DD`; an empty cell is null.
 */
export type Figures = Readonly<Record<string, number | string | boolean | null>>

/**
 * Keys of `Figures` for each kind, in the order of the workbook's columns:
 * investment: target, negotiating, signed, signedAmount, started, paidIn, completionRate, rank
 * projects:   leader(帮包领导), totalInvestment, plannedInvestment, completedInvestment, completionRate, scheduleRate, isStarted(text as reported), progress, problem, nextStep
 * tasks:      assignedOn, source, content, dueOn, progress, status('在办'|'已办结')
 * air:        pm25, pm10, goodDayRate, yearOnYear, rank
 * assessment: group('镇街'|'部门'|…), score, rank, grade
 * awards:     award, grantedBy, documentNumber, grantedOn, bonus
 * The row's item (重点项目 name, 事项编号, 考核类别, 表彰类别) is also the report's `item`; 备注 is its `remark`.
 */
export const figureKeys: Readonly<Record<ReportKind, readonly string[]>> = {
  investment: ['target', 'negotiating', 'signed', 'signedAmount', 'started', 'paidIn', 'completionRate', 'rank'],
  projects: ['leader', 'totalInvestment', 'plannedInvestment', 'completedInvestment', 'completionRate', 'scheduleRate', 'isStarted', 'progress', 'problem', 'nextStep'],
  tasks: ['assignedOn', 'source', 'content', 'dueOn', 'progress', 'status'],
  air: ['pm25', 'pm10', 'goodDayRate', 'yearOnYear', 'rank'],
  assessment: ['group', 'score', 'rank', 'grade'],
  awards: ['award', 'grantedBy', 'documentNumber', 'grantedOn', 'bonus'],
}
