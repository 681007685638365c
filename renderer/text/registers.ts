/** Words for the synced records, as 待核对 and the import's report name them: tables, registers, fields. */

/** A record and the word that counts it. */
const tables: Readonly<Record<string, readonly [name: string, counter: string]>> = {
  unit: ['单位', '个'], official: ['干部', '人'], post: ['任职', '条'], bulletin: ['通报', '份'], report: ['履职报告', '条'], rule: ['规则', '条'], proposal: ['拟办', '条'], letter: ['函件', '件'], number: ['文号', '个'],
  batch: ['批量签发', '批'], sentence: ['句子', '条'], template: ['模板', '个'], delivery: ['送达记录', '条'], reply: ['书面说明', '件'], extension: ['延期', '条'], recheck: ['复核', '件'], card: ['亮牌', '张'], attachment: ['附件', '个'], setting: ['设置', '项'],
  calendarYear: ['工作日历', '年'], mapping: ['列对应', '项'], device: ['机器', '台'], account: ['账号', '个'], numberAuthority: ['发号机器', '台'], numberLease: ['文号号段', '个'], gapAck: ['缺号确认', '条'],
}
export const tableName = (table: string): string => tables[table]?.[0] ?? '其他记录'
export const rowsText = (table: string, n: number): string => `${tableName(table)} ${n} ${tables[table]?.[1] ?? '条'}`

const registers: Readonly<Record<string, string>> = {
  'unit.identity': '单位名称和类别', 'official.identity': '姓名和出生年月', 'official.joined': '合并为同一人', 'post.post': '任职', 'report.content': '报告内容', 'rule.definition': '规则内容', 'proposal.finding': '拟办内容', 'proposal.addressee': '责任人', 'proposal.decision': '拟办的处理', 'letter.check': '审核', 'letter.issue': '签发', 'letter.due': '回复期限', 'letter.void': '撤销', 'letter.close': '销号', 'letter.minutes': '谈话记录', 'letter.number': '一个文号用在两封函上', 'number.holder': '文号的使用', 'delivery.fact': '送达', 'reply.fact': '书面说明', 'reply.judgement': '审阅结论', 'extension.fact': '延期', 'recheck.fact': '复核申请', 'recheck.decision': '复核决定', 'card.card': '亮牌', 'card.lift': '摘牌', 'calendarYear.days': '放假安排', 'account.account': '账号', 'numberAuthority.authority': '由哪台机器发文号', 'numberLease.lease': '借出的文号段', 'numberLease.close': '文号段收回', 'numberLease.overlap': '文号段有相同的号', 'unit.spelling': '几个单位用同一名称', 'official.ring': '干部被互相合并',
}
export const registerName = (table: string, register: string): string => (register === 'tombstone' ? '删除与修改相碰' : (registers[`${table}.${register}`] ?? tableName(table)))

const fields: Readonly<Record<string, string>> = {
  name: '名称', kind: '类别', shortName: '简称', aliases: '别名', gender: '性别', birth: '出生年月', phone: '联系电话', note: '备注', joinedInto: '并入', officialId: '责任人', unitId: '单位', title: '职务', rank: '职级', isHead: '主要负责人', portfolio: '分管工作', since: '起', until: '止', period: '期次', item: '事项', remark: '备注', version: '版本', enabled: '启用', ruleId: '规则', ruleVersion: '规则版本', measure: '措施', matter: '重点工作', cause: '事由', basis: '依据', foundOn: '提出日期', addresseeId: '责任人', state: '处理', reason: '理由', letterId: '函件', decidedBy: '经办', decidedOn: '日期',
  checkState: '审核', checkedBy: '审核人', checkNote: '审核意见', number: '文号', series: '序列', year: '年度', seq: '序号', issuedOn: '签发日期', issuedBy: '签发人', template: '版式', replyDue: '回复期限', replyDueBasis: '期限依据', voidedOn: '撤销日期', voidedBy: '撤销人', voidReason: '撤销理由', closedOn: '销号日期', closedBy: '经办', conclusion: '结论', heldOn: '谈话日期', followUpOn: '回访日期', use: '用途', deliveredAt: '送达时间', receiver: '签收人', relation: '与收件人关系', method: '方式', place: '地点', server: '送达人', receivedOn: '收到日期', summary: '内容摘要', form: '形式', verdict: '结论', verdictOn: '日期', verdictBy: '审阅人', verdictNote: '意见', askedOn: '提出日期', newDue: '延至', approvedBy: '批准人', askedBy: '申请人', grounds: '申请理由', dueOn: '决定期限', enteredBy: '登记人', outcome: '复核决定', decisionReason: '决定理由', colour: '牌', liftedOn: '摘牌日期', liftedBy: '经办', liftReason: '摘牌理由', holidays: '放假日', extraWorkdays: '调休上班日', roles: '权限', disabled: '停用', deleted: '删除', device: '机器', appointedBy: '指定人', fromSeq: '从第', toSeq: '到第', grantedOn: '借出日期', grantedBy: '经办', definition: '规则内容', minutes: '谈话记录', facts: '事实', aboutLetterId: '有关函件', officials: '在任干部（名）', posts: '任职（条）', letters: '函件（件）', reports: '履职报告（条）', joins: '并入的干部（名）',
  'frozen.content.addressee': '主送', 'frozen.content.title': '标题', 'frozen.content.facts': '事实', 'frozen.content.basis': '依据', 'frozen.content.demands': '要求', 'minutes.from': '开始', 'minutes.to': '结束', 'minutes.place': '地点', 'minutes.talkers': '谈话人', 'minutes.recorder': '记录人', 'minutes.content': '谈话内容', 'minutes.account': '本人说明', 'minutes.pledge': '本人表态', 'definition.title': '标题', 'definition.matter': '重点工作', 'definition.basis': '依据', 'definition.params': '数值',
}
/** A person's name is not called as a unit's. */
const ownWords: Readonly<Record<string, string>> = { 'official.name': '姓名', 'account.name': '姓名', 'official.officialId': '干部', 'official.joinedInto': '并入', 'unit.name': '单位名称', 'number.reason': '说明', 'account.disabled': '停用' }
/** Null for what a person need not see (technical parts of a record). */
export const fieldLabel = (table: string, path: string): string | null => ownWords[`${table}.${path}`] ?? fields[path] ?? null
const places = new Map(Object.keys(fields).map((path, index) => [path, index]))
/** Fields in one order everywhere; figures, which are not listed, last. */
export const fieldPlace = (path: string): number => places.get(path) ?? places.size

/** Values of closed lists, by column. */
const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { township: '镇街', department: '部门', taskforce: '专班', investment: '招商引资', projects: '重点项目', tasks: '督查事项', air: '生态环境', assessment: '综合考核', awards: '表彰' },
  state: { open: '待拟办', accepted: '已成函', declined: '不予采纳', merged: '已并入', withdrawn: '已消除' }, checkState: { submitted: '已提交', passed: '通过', returned: '退回' }, colour: { yellow: '黄牌', red: '红牌' },
  measure: { reminder: '提醒函', supervision: '督办函', interview: '约谈通知书', yellowCard: '黄牌通知', yellowCardInterview: '黄牌 + 约谈', clarification: '澄清函' }, roles: { enter: '录入', check: '审核', issue: '签发', read: '查询', admin: '管理' }, use: { letter: '函件', reserved: '纸上已用', paper: '纸上已用', void: '作废', closed: '空号' },
}
export const wordOf = (column: string, value: string): string => words[column]?.[value] ?? value
export const yesNo = (value: boolean): string => (value ? '是' : '否')
/** The closed list of a column, for a choice; empty where any text may stand. */
export const choicesOf = (column: string, kinds?: readonly string[]): readonly (readonly [value: string, word: string])[] => Object.entries(words[column] ?? {}).filter(([value]) => kinds === undefined || kinds.includes(value))
export const otherParts = '其余内容'
export const otherDiffers = (n: number): string => `与另一份不同（内容 ${n}）`
export const genders: readonly (readonly [string, string])[] = [['男', '男'], ['女', '女']]
