/** The columns of each kind (domain.md section 3) with the synonyms that departments write; the contract's own word first. */
import type { ImportKind, RefusalCode } from '../kinds.ts'

export type FieldType =
  | 'serial' | 'unit' | 'official' | 'name' | 'unitName' | 'unitKind' | 'key' | 'text' | 'phone' | 'aliases' | 'gender' | 'flag' | 'choice'
  | 'count' | 'amount' | 'percent' | 'change' | 'number' | 'date' | 'since' | 'birth'

export type FieldSpec = {
  readonly field: string
  readonly type: FieldType
  /** Headers by falling priority, as `headerName` normalises them. */
  readonly names: readonly string[]
  /** The code of a row in which the field is empty. */
  readonly required?: RefusalCode
  /** Counts towards `KindSpec.core`. */
  readonly core?: true
  /** The fixed list of a `choice`. */
  readonly choices?: readonly string[]
}

/** A header row belongs to a kind when all required fields and at least `core` of its core fields are there. */
export type KindSpec = { readonly core: number; readonly fields: readonly FieldSpec[] }

function list(names: string): readonly string[] {
  return names.split(' ')
}

const serial: FieldSpec = { field: 'serial', type: 'serial', names: list('序号 序 行号 NO. NO') }
const remark: FieldSpec = { field: 'remark', type: 'text', names: list('备注 说明 备注说明') }
const rank: FieldSpec = { field: 'rank', type: 'count', names: list('位次 排名 名次 排序 位次排名 排名位次') }
const official: FieldSpec = { field: 'official', type: 'official', names: list('责任人 责任领导 责任人姓名 责任领导姓名 负责人 具体责任人 包保责任人 招商责任人') }
const unitWords = '镇街 单位 部门 责任单位 单位名称 镇街单位 镇街/单位 镇街/部门 镇街部门 镇街道 镇/街道 镇、街道 镇、街 镇 街道 乡镇 乡镇街道 镇街名称 责任部门 申报单位'
const unit: FieldSpec = { field: 'unit', type: 'unit', names: list(unitWords), required: 'UNIT_MISSING' }

const units: KindSpec = {
  core: 0,
  fields: [
    serial,
    { field: 'name', type: 'unitName', names: list('单位名称 单位全称 机构名称 单位 全称 名称'), required: 'REQUIRED_MISSING' },
    { field: 'shortName', type: 'unitName', names: list('简称 单位简称 机构简称') },
    { field: 'kind', type: 'unitKind', names: list('类别 单位类别 单位类型 类型 机构类别'), required: 'REQUIRED_MISSING' },
    { field: 'aliases', type: 'aliases', names: list('别名 曾用名 其他名称 其它名称') },
  ],
}

const officials: KindSpec = {
  core: 1,
  fields: [
    serial,
    { field: 'name', type: 'name', names: list('姓名 干部姓名 名字'), required: 'REQUIRED_MISSING' },
    { field: 'gender', type: 'gender', names: list('性别'), core: true },
    { field: 'birth', type: 'birth', names: list('出生年月 出生日期 出生时间 出生年月日'), core: true },
    { field: 'unit', type: 'unit', names: list('单位 单位名称 所在单位 工作单位 任职单位 镇街 部门'), required: 'UNIT_MISSING' },
    { field: 'title', type: 'text', names: list('职务 现任职务 现职务 职务名称'), core: true },
    { field: 'rank', type: 'text', names: list('职级 现职级 级别 职务层次') },
    { field: 'portfolio', type: 'text', names: list('分管工作 工作分工 分工 分管领域') },
    { field: 'isHead', type: 'flag', names: list('是否主要负责人 主要负责人 是否为主要负责人 是否主要领导') },
    { field: 'since', type: 'since', names: list('任现职时间 任职时间 任现职务时间 任现职日期 任职日期'), core: true },
    { field: 'phone', type: 'phone', names: list('联系电话 电话 手机 手机号 手机号码 联系方式 电话号码 办公电话') },
  ],
}

const investment: KindSpec = {
  core: 2,
  fields: [
    serial, unit,
    { ...official, names: list('责任领导 责任人 责任领导姓名 责任人姓名 负责人 招商责任人 包保领导 分管领导') },
    { field: 'target', type: 'count', names: list('全年任务 全年目标 年度任务 年度目标 全年任务数 目标任务 任务数 全年目标任务 年度目标任务'), core: true },
    { field: 'negotiating', type: 'count', names: list('在谈项目 在谈 洽谈项目 在谈项目个数'), core: true },
    { field: 'signed', type: 'count', names: list('签约项目 签约 新签约项目 已签约项目 签约项目个数 签约/项目'), core: true },
    { field: 'signedAmount', type: 'amount', names: list('签约额 签约金额 签约项目金额 签约资金 合同金额 合同额 签约总额 签约项目签约额 签约项目总投资 签约/额'), core: true },
    { field: 'started', type: 'count', names: list('开工项目 开工 新开工项目 已开工项目 开工项目个数'), core: true },
    { field: 'paidIn', type: 'amount', names: list('到位资金 到位资金额 资金到位 资金到位额 实际到位资金 到账资金 到位额 到位金额'), core: true },
    { field: 'completionRate', type: 'percent', names: list('完成率 任务完成率 完成比例 完成百分比 全年任务完成率') },
    rank, remark,
  ],
}

const projects: KindSpec = {
  core: 1,
  fields: [
    serial,
    { field: 'item', type: 'key', names: list('项目名称 重点项目名称 重点项目 项目'), required: 'REQUIRED_MISSING' },
    { ...unit, names: list(`责任单位 ${unitWords} 主责单位 牵头单位`) },
    official,
    { field: 'leader', type: 'text', names: list('帮包领导 包保领导 帮包市领导 包保市领导 市级帮包领导 挂包领导') },
    { field: 'totalInvestment', type: 'amount', names: list('总投资 项目总投资 总投资额 计划总投资 投资总额'), core: true },
    { field: 'plannedInvestment', type: 'amount', names: list('年度计划投资 年计划投资 年度计划 当年计划投资 本年计划投资 年度投资计划 今年计划投资'), core: true },
    { field: 'completedInvestment', type: 'amount', names: list('累计完成 累计完成投资 累计完成投资额 完成投资 已完成投资 实际完成投资 年内累计完成投资'), core: true },
    { field: 'completionRate', type: 'percent', names: list('投资完成率 完成率 投资完成比例 年度投资完成率'), core: true },
    { field: 'scheduleRate', type: 'percent', names: list('时序进度 序时进度 时序进度要求'), core: true },
    { field: 'isStarted', type: 'text', names: list('是否开工 开工') },
    { field: 'progress', type: 'text', names: list('形象进度 进展 项目进展 工程进度 建设进展 当前进展'), core: true },
    { field: 'problem', type: 'text', names: list('存在问题 存在的问题 问题 困难问题') },
    { field: 'nextStep', type: 'text', names: list('下步措施 下一步措施 下步打算 下一步打算 下步工作措施 下一步工作措施 下一步工作') },
    remark,
  ],
}

const tasks: KindSpec = {
  core: 0,
  fields: [
    serial,
    { field: 'item', type: 'key', names: list('事项编号 督查编号 任务编号 编号 督办编号'), required: 'REQUIRED_MISSING' },
    { field: 'assignedOn', type: 'date', names: list('交办日期 交办时间 下达日期 下达时间') },
    { field: 'source', type: 'text', names: list('来源 事项来源 任务来源 交办来源') },
    { field: 'content', type: 'text', names: list('事项内容 督查事项 督查内容 任务内容 督办事项 工作内容 事项'), required: 'REQUIRED_MISSING' },
    { ...unit, names: list(`主责单位 责任单位 承办单位 牵头单位 主办单位 ${unitWords}`) },
    official,
    { field: 'dueOn', type: 'date', names: list('办结时限 办理时限 完成时限 时限 办结期限 完成期限 要求办结时间'), required: 'REQUIRED_MISSING' },
    { field: 'progress', type: 'text', names: list('进展情况 办理情况 进展 办理进展 工作进展 落实情况 完成情况 办理') },
    { field: 'status', type: 'choice', names: list('状态 办理状态 办结状态 办结情况'), required: 'REQUIRED_MISSING', choices: ['在办', '已办结'] },
    remark,
  ],
}

const air: KindSpec = {
  core: 0,
  fields: [
    serial, unit,
    { field: 'pm25', type: 'count', names: list('PM2.5月均 PM2.5 PM2.5月均值 PM2.5平均浓度 PM2.5浓度 PM2.5月均浓度 细颗粒物'), required: 'REQUIRED_MISSING' },
    { field: 'pm10', type: 'count', names: list('PM10 PM10月均 PM10月均值 PM10平均浓度 PM10浓度 PM10月均浓度 可吸入颗粒物') },
    { field: 'goodDayRate', type: 'percent', names: list('优良天数比例 优良率 优良天数率 优良比例 空气质量优良率 优良天数占比') },
    { field: 'yearOnYear', type: 'change', names: list('同比 同比变化 同比增减 同比变化率 PM2.5同比 同比增幅') },
    rank, remark,
  ],
}

const assessment: KindSpec = {
  core: 1,
  fields: [
    serial, unit,
    { field: 'item', type: 'key', names: list('考核类别 考核类型 考核项目 考核名称 类别'), required: 'REQUIRED_MISSING' },
    { field: 'score', type: 'number', names: list('总分 得分 考核得分 总得分 综合得分 考核总分 分数'), core: true },
    { ...rank, core: true },
    { field: 'grade', type: 'choice', names: list('等次 考核等次 等级 考核等级 评定等次'), core: true, choices: ['优秀', '良好', '合格', '不合格'] },
    remark,
  ],
}

const awards: KindSpec = {
  core: 1,
  fields: [
    serial,
    { ...official, names: list('姓名 受表彰人 获奖人 受表彰人员 获奖人员 表彰对象'), core: true },
    { ...unit, names: list(`单位 所在单位 工作单位 ${unitWords}`) },
    { field: 'item', type: 'key', names: list('表彰类别 表彰名称 荣誉称号 奖项 表彰奖项 奖项名称 表彰项目 称号 类别'), required: 'REQUIRED_MISSING' },
    { field: 'grantedBy', type: 'text', names: list('授予单位 表彰单位 授予机关 颁发单位 表彰机关 发文单位'), core: true },
    { field: 'documentNumber', type: 'text', names: list('文号 表彰文号 文件号 文件文号 发文字号'), core: true },
    { field: 'grantedOn', type: 'date', names: list('日期 表彰日期 表彰时间 授予日期 授予时间 时间'), core: true },
    { field: 'bonus', type: 'amount', names: list('奖金 奖金额 奖励金额 奖金金额 奖励资金'), core: true },
    remark,
  ],
}

export const kindSpecs: Readonly<Record<ImportKind, KindSpec>> = { units, officials, investment, projects, tasks, air, assessment, awards }

/** The kinds whose period is a year; the other reports are monthly, the rosters have none. */
export function periodType(kind: ImportKind): 'none' | 'month' | 'year' {
  if (kind === 'units' || kind === 'officials') return 'none'
  return kind === 'assessment' || kind === 'awards' ? 'year' : 'month'
}
