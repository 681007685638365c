/** Names of fields, things and states as the sentences of refusals use them. */
const fields: Readonly<Record<string, string>> = {
  organ: '发文机关', organMark: '发文机关标志', code: '机关代字', unit: '单位', unitId: '单位', account: '账号', name: '姓名', person: '姓名', password: '密码', newPassword: '新密码',
  oldPassword: '原密码', recoveryCode: '恢复码', roles: '角色', contactName: '联系人', contactPhone: '联系电话', place: '地点', cityNames: '本市名称', replyWorkingDays: '书面说明天数',
  guardDays: '减负间隔', cardMonths: '亮牌期限', reviewDays: '申请复核的天数', recheckDecideDays: '复核决定的天数', interviewNoticeDays: '约谈提前天数', lockAfterMinutes: '自动锁定时间', ladder: '措施顺序', holidays: '放假日期', extraWorkdays: '调休上班日期',
  period: '期别', kind: '类别', date: '日期', at: '时间', on: '日期', receivedOn: '收到日期', receiver: '签收人', reason: '理由', note: '意见', basis: '依据', matter: '事项', cause: '事由',
  title: '标题', facts: '事实', demands: '要求', summary: '说明摘要', newDue: '新期限', askedOn: '申请日期', askedBy: '申请人', grounds: '复核理由', outcome: '复核决定', birth: '出生年月', phone: '电话', post: '任职', officialId: '责任人',
  shortName: '简称', aliases: '别名', file: '文件', verdict: '审阅意见', from: '起始号', to: '终止号', year: '年份', mark: '发文机关标志', addressee: '受文对象', into: '合并对象',
  earlierLetterId: '原函件', clarification: '澄清内容', interview: '约谈安排', card: '亮牌信息', cursor: '翻页位置', params: '数值', text: '文字',
}

/** The word for a field path such as `draft.facts.0.text`: the innermost part that has a name; empty when none has. */
export function fieldName(path: string): string {
  const parts = path.split('.')
  // `text` says least: what it is the text of comes first.
  for (const part of parts.toReversed()) if (part !== 'text' && fields[part] !== undefined) return fields[part]
  return parts.includes('text') ? (fields['text'] ?? '') : ''
}

const things: Readonly<Record<string, string>> = {
  account: '个账号', unit: '个单位', official: '名干部', letter: '封函件', proposal: '条拟办', bulletin: '份通报', report: '行报告', rule: '条规则', job: '项工作', attachment: '个附件',
  reply: '份书面说明', recheck: '份待决定的复核申请', minutes: '份谈话记录', post: '条任职', demo: '份演示数据', batch: '个批次', template: '个模板', sentence: '条句子', errors: '份错误清单', file: '个文件', chromium: '个能生成 PDF 的浏览器程序（Chromium）',
}

export function thingName(what: string): string {
  return things[what] ?? '条记录'
}

const uses: Readonly<Record<string, readonly [what: string, counter: string]>> = {
  officials: ['在任干部', '名'], posts: ['任职', '条'], letters: ['函件', '件'], reports: ['履职报告', '条'], joins: ['并入的干部', '名'],
}

/** What still uses a row, counted: 在任干部3名、函件1件. */
export function usesText(counts: Readonly<Record<string, unknown>>): string {
  const found = Object.entries(uses).flatMap(([use, [what, counter]]) => (typeof counts[use] === 'number' ? [`${what}${counts[use]}${counter}`] : []))
  return found.length === 0 ? '别的记录' : found.join('、')
}

const kinds: Readonly<Record<string, string>> = {
  units: '单位名册', officials: '干部名册', investment: '招商引资', projects: '重点项目', tasks: '督查事项', air: '生态环境', assessment: '综合考核', awards: '表彰',
}

export function kindName(kind: string): string {
  return kinds[kind] ?? kind
}

/** `2026-06` → 2026年6月, `2025` → 2025年度; what is no period is shown as it was given. */
export function periodName(period: string): string {
  const found = /^(\d{4})(?:-(\d{2}))?$/.exec(period)
  if (!found) return period
  return found[2] === undefined ? `${period}年度` : `${found[1]}年${Number(found[2])}月`
}

const states: Readonly<Record<string, string>> = {
  draft: '草稿', checking: '审核中', returned: '退回', checked: '待签发', issued: '待送达', awaiting: '待回复', replied: '已回复', supplement: '补充说明', rejected: '不认可', accepted: '待销号',
  closed: '已销号', void: '已撤销',
}

export function stateName(state: string): string {
  return states[state] ?? ''
}
