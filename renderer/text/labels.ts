/** Words for the closed lists of the contract. */
import type { ImportKind, RefusalCode, UnitKind } from '../../shared/domain/kinds.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { LetterState, LetterType } from '../../shared/contract/letter-schemas.ts'

export const kindLabels: Readonly<Record<ImportKind, string>> = {
  units: '单位名册', officials: '干部名册', investment: '招商引资', projects: '重点项目', tasks: '督查事项', air: '生态环境', assessment: '综合考核', awards: '表彰',
}
export const kindLabel = (kind: string): string => (kindLabels as Readonly<Record<string, string>>)[kind] ?? kind

export const unitKindLabels: Readonly<Record<UnitKind, string>> = { township: '镇街', department: '部门', taskforce: '专班' }

export const roleLabels: Readonly<Record<Role, string>> = { enter: '录入', check: '审核', issue: '签发', read: '查询', admin: '管理' }

export const letterTypeLabels: Readonly<Record<LetterType, string>> = {
  reminder: '提醒函', supervision: '督办函', interview: '约谈通知书', yellowCard: '黄牌通知', clarification: '澄清函',
}

const measureLabels: Readonly<Record<string, string>> = { ...letterTypeLabels, yellowCardInterview: '黄牌 + 约谈' }
export const measureLabel = (measure: string): string => measureLabels[measure] ?? measure

export const letterStateLabels: Readonly<Record<LetterState, string>> = {
  draft: '草稿', checking: '审核中', returned: '已退回', checked: '待签发', issued: '待送达', awaiting: '待回复', replied: '待审阅', supplement: '待补充', rejected: '不认可',
  accepted: '待销号', closed: '已销号', void: '已撤销',
}

export type ProposalState = 'open' | 'accepted' | 'declined' | 'merged' | 'withdrawn'
export const proposalStateLabels: Readonly<Record<ProposalState, string>> = { open: '待拟办', accepted: '已成函', declined: '不予采纳', merged: '已并入', withdrawn: '已消除' }

export const refusalLabels: Readonly<Record<RefusalCode, string>> = {
  UNIT_UNKNOWN: '单位不在名册', UNIT_MISSING: '缺单位', OFFICIAL_UNKNOWN: '责任人不在名册', OFFICIAL_ELSEWHERE: '责任人在其他单位', OFFICIAL_AMBIGUOUS: '同名无法确定', NOT_A_NUMBER: '不是数字',
  OUT_OF_RANGE: '超出范围', BAD_DATE: '日期无效', DUPLICATE_ROW: '重复行', CELL_ERROR: '单元格报错', FORMULA_WITHOUT_VALUE: '公式没有值', REQUIRED_MISSING: '缺必填项', UNKNOWN_VALUE: '不在可选值内',
}

export const cardColours: Readonly<Record<string, string>> = { yellow: '黄牌', red: '红牌' }

/** What was done, by the entry that did it (audit trail, timelines). */
const actionLabels: Readonly<Record<string, string>> = {
  'accounts.create': '新增账号', 'accounts.create.undo': '撤销新增账号', 'accounts.update': '修改账号', 'accounts.rename': '账号改名', 'accounts.resetPassword': '重设密码', 'bulletins.import': '导入通报', 'bulletins.undo': '撤销导入', 'calendar.save': '导入日历', 'letters.compose': '新建函件', 'letters.discard': '删除草稿',
  'letters.draft': '生成草稿', 'letters.edit': '修改草稿', 'letters.issue': '签发', 'letters.issueProposals': '签发', 'letters.batch': '批量签发', 'letters.printed': '打印用印', 'letters.submit': '提交审核', 'letters.pass': '审核通过', 'letters.return': '退回', 'letters.void': '撤销',
  'letters.deliver': '送达', 'letters.extend': '延期', 'letters.reply': '收到说明', 'letters.judge': '审阅', 'letters.close': '销号', 'letters.minutes': '谈话记录', 'letters.askRecheck': '申请复核', 'letters.decideRecheck': '复核决定', 'numbers.reserve': '预留文号', 'numbers.setAuthority': '改由一台机器发文号', 'numbers.lease': '借出号段', 'numbers.closeLease': '收回号段', 'numbers.assign': '补给文号', 'sentences.save': '修改句库', 'sentences.remove': '删除句子', 'sentences.reset': '恢复句库', 'templates.upload': '上传模板', 'templates.activate': '启用模板', 'templates.reset': '停用模板', 'officials.join': '合并为同一人', 'officials.save': '修改干部', 'officials.unjoin': '撤销合并',
  'proposals.assign': '填入责任人', 'proposals.decline': '不予采纳', 'proposals.reopen': '重新拟办', 'proposals.run': '运行规则', 'rules.save': '修改规则', 'session.login': '登录', 'session.failed': '登录失败', 'session.logout': '锁定', 'session.lock': '自动锁定', 'session.password': '修改密码',
  'session.recover': '用恢复码登录', 'settings.save': '修改设置', 'setup.create': '建立数据', 'exchange.found': '建立交换组', 'exchange.enrol': '登记机器', 'exchange.join': '加入交换组', 'exchange.revoke': '停用机器', 'exchange.renew': '续办证书', 'exchange.accept': '认下停用机器的记录', 'exchange.share': '补写共用的单位名录', 'exchange.root': '取得发证权', 'exchange.export': '导出交换包', 'exchange.receive': '导入交换包', 'exchange.backup': '备份', 'exchange.recover': '从备份恢复', 'exchange.escrowShown': '查看托管密钥', 'exchange.resolve': '核对定下', 'exchange.gapAck': '确认记录丢失', 'exchange.newEpoch': '换用新机器编号', 'exchange.answer': '答复补发申请', 'exchange.diagnose': '写诊断文件', 'units.remove': '删除单位', 'units.save': '修改单位',
}
export const actionLabel = (action: string): string => actionLabels[action] ?? action
export const auditActions: readonly (readonly [string, string])[] = Object.entries(actionLabels)

type EventParams = Readonly<Record<string, unknown>>
const eventParts: Readonly<Record<string, (value: number) => string>> = {
  failed: (n) => `连续输错 ${n} 次`, letters: (n) => `${n} 封`, changes: (n) => `${n} 处修改`, blobs: (n) => `${n} 个附件`, receivers: (n) => `发给 ${n} 台机器`, new: (n) => `新收到 ${n} 处修改`, parked: (n) => `暂存 ${n} 处`,
}

/**
 * What the audit trail says behind an action. A write carries a person's reason (`id` a…), an event its counts as JSON (`id` e…): ids and times in
 * it are for the log, not for people.
 */
export function auditNote({ id, note }: { readonly id: string; readonly note: string | null }): string | null {
  if (note === null || !id.startsWith('e')) return note
  const params = JSON.parse(note) as EventParams
  const parts = Object.entries(eventParts).flatMap(([key, say]) => (typeof params[key] === 'number' ? [say(params[key])] : []))
  return parts.length === 0 ? null : parts.join('，')
}
