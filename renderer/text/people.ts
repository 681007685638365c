/** Words of 干部 and 单位. */
import { birthText } from './format.ts'

export const pickerText = {
  notFound: '没有找到', notFoundHint: '可输入姓名、全拼或首字母，如 zhangwei、zw。',
  personDetail: (unit: string | null, title: string | null, birth: string | null, namesake: boolean) => [unit ?? '无任职单位', title, birth === null ? null : `${birthText(birth)}生`, namesake ? '有同名' : null].filter(Boolean).join(' · '),
}

export const officialsText = {
  title: '干部', search: '姓名、全拼或首字母', onlyHeads: '只看主要负责人', add: '新增干部', name: '姓名', gender: '性别', birth: '出生年月', unit: '单位', post: '职务', rank: '职级', head: '主要负责人', portfolio: '分管工作', since: '任职起', until: '任职止',
  phone: '联系电话', note: '备注', openLetters: '在办函件（件）', letters: '函件（件）', awards: '表彰（项）', namesake: '有同名', listEmpty: '还没有干部', listEmptyHint: '先导入干部名册，或逐个新增。', filteredEmpty: '没有符合条件的干部', filteredHint: '换个字或拼音首字母试试，或清除筛选。',
  goImport: '去导入名册', current: '现任', posts: '任职经历', positive: '表彰与成绩', positiveEmpty: '暂无表彰记录。', results: '履职报告', resultsEmpty: '暂无履职报告。', lettersTitle: '函件与约谈', lettersEmpty: '没有函件。', namesakes: '同名的人', dutyFile: '履职档案', joinedFrom: '已合并的记录',
  join: '合并为同一人', unjoin: '撤销合并', joinTitle: '合并为同一人', joinBody: (name: string) => `两条记录都叫「${name}」。合并后，报告、函件和任职都归到保留的一人名下；合并可以撤销。请逐项核对：`,
  joinKeep: '保留', joinInto: '并入保留的人', joinCheck: '我已核对单位、职务和出生年月，确认是同一人', joinVerb: '合并', joined: '已合并', unjoined: '已撤销合并', unjoinTitle: '撤销合并', editTitle: '修改干部', addTitle: '新增干部', saved: '已保存',
  namesakeTitle: '该单位已有同名的人', namesakeBody: '如确是另一个人，请勾选确认；如是同一人，请不要重复新增。', namesakeConfirm: '确认是另一个人', noPost: '无现任职', male: '男', female: '女', birthHint: '如 1975-03', sinceHint: '如 2024-01', addPost: '变更任职', postSection: '任职', unitNeeded: '填了职务就要选单位',
  from: '自', to: '至', now: '今', noteNeutral: '成绩与函件并列，供全面了解履职情况。', allReports: '查看全部报告',
}

export const unitsText = {
  title: '单位', search: '单位名称、简称、拼音', add: '新增单位', name: '单位名称', shortName: '简称', kind: '类别', aliases: '别名', officials: '干部（人）', openLetters: '在办函件（件）', head: '主要负责人', noHead: '缺主要负责人', listEmpty: '还没有单位', listEmptyHint: '先导入单位名册，或逐个新增。',
  filteredEmpty: '没有符合条件的单位', filteredHint: '换个字或拼音首字母试试，或清除筛选。', posts: '干部', postsEmpty: '名册里没有该单位的干部。', cards: '亮牌', cardsEmpty: '没有亮牌。', assessments: '考核结果', assessmentsEmpty: '没有考核结果。', letters: '函件', lettersEmpty: '没有函件。',
  editTitle: '修改单位', addTitle: '新增单位', saved: '已保存', removed: '已删除', remove: '删除单位', removeTitle: '删除单位', aliasHint: '通报里出现过的其他写法，回车添加一个', colour: '牌色', basis: '依据', since: '自', until: '至', lifted: '摘牌', valid: '有效', allKinds: '全部类别', year: '年度', result: '结果',
}
