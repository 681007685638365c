/** Words that several screens share. */
export const common = {
  product: '督查台', cancel: '取消', confirm: '确定', save: '保存', close: '关闭', back: '返回', edit: '修改', add: '新增', remove: '删除', retry: '重试', all: '全部', yes: '是', no: '否', none: '无', open: '打开',
  loading: '正在读取…', loadingMore: '正在读取更多…', working: '正在处理…', search: '搜索', clear: '清除', more: '更多', period: '期次', unit: '单位', official: '责任人', kind: '类别', state: '状态', date: '日期', reason: '理由', note: '备注',
  file: '文件', time: '时间', person: '经办', action: '操作', source: '来源', reasonNeeded: '请写明理由，理由会留在记录里。', required: '请填写', unsavedTitle: '有未保存的修改', unsavedBody: '离开后修改会丢失。', leave: '放弃修改', stay: '留在本页',
  allPeriods: '全部期次', allUnits: '全部单位', nobody: '未填', gridHelp: '方向键移动，回车打开，空格选择，Page Up / Page Down 翻页', rowsShown: (shown: number, total: number) => (shown < total ? `已载入 ${shown} / 共 ${total} 条` : `共 ${total} 条`),
  selected: (n: number) => `已选 ${n} 项`, selectAllOf: (n: number) => `选中符合筛选的全部 ${n} 项`, allSelected: (n: number) => `已选中符合筛选的全部 ${n} 项，包括尚未显示的`, clearSelection: '取消选择', selectRow: '选择此行', selectLoaded: '选择已载入的各行',
  sortBy: (title: string) => `按${title}排序`, saved: '已保存', savedAs: (name: string) => `已保存：${name}`, ref: (ref: string) => `记录号 ${ref}`, days: (n: number) => `${n} 天`, noRole: (roles: string) => `需要「${roles}」权限`,
  periodPlaceholder: '选择期次', datePlaceholder: '选择日期', minutePlaceholder: '选择日期和时间', month: '按月', year: '按年', today: '今天', details: '查看详情', gone: '这条记录不存在或已被删除。', confirmTitle: '请确认', warning: '注意',
}

/** Steps of long work, by the key that the job reports. */
const steps: Readonly<Record<string, string>> = {
  started: '正在开始', 'import.reading': '正在读取文件', 'import.checking': '正在逐行核对', 'import.storing': '正在入库', 'demo.import': '正在导入示例通报', 'demo.letters': '正在签发示例函件', 'letters.issuing': '正在签发', 'letters.drawing': '正在生成文书', 'papers.pages': '正在排版成 PDF', 'papers.joining': '正在合并成一个 PDF 文件', 'verify.checking': '正在校验变更链、投影和附件',
  'exchange.copying': '正在从U盘复制，请不要拔出', 'exchange.checking': '正在核对签名和内容', 'exchange.trying': '正在试导入（不改动数据）', 'exchange.accepting': '正在认下并重算', 'exchange.saving': '正在保存导入前的备份', 'exchange.applying': '正在导入', 'exchange.diagnosing': '正在逐行核对',
  'exchange.collecting': '正在整理要带走的记录', 'exchange.writing': '正在写交换包，请不要拔出U盘', 'exchange.verifying': '正在回读核对，请不要拔出U盘',
}
export const stepText = (step: string): string => steps[step] ?? common.working

/** `done` of `total`, `file` of `files`, or rows alone. */
export function countsText(counts: Readonly<Record<string, number>>): string {
  if (counts['total'] !== undefined) return `${counts['done'] ?? 0} / ${counts['total']}`
  if (counts['files'] !== undefined) return `${counts['file'] ?? 0} / ${counts['files']}`
  return counts['rows'] === undefined ? '' : `${counts['rows']} 行`
}
