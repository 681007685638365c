/** Standing texts of the papers that go with a letter: 送达回证, 书面说明, 台账. */
export const receiptTexts = {
  title: '送达回证',
  paper: '送达文书', number: '文书字号', sender: '发文机关', addressee: '受送达人', time: '送达时间', timeBlank: '　　　年　　月　　日　　时　　分',
  place: '送达地点', method: '送达方式', receiver: '签收人', relation: '与受送达人关系', self: '本人签收', proxy: '代收', server: '送达人', remarks: '备注',
  hint: '代收的，请写明代收人与受送达人的关系和代收理由；拒绝签收的，由送达人在备注中记明情况。',
} as const

export const statementTexts = {
  title: '书面说明',
  letter: (title: string) => `对应函件：${title}`, number: (number: string) => `函件文号：${number}`,
  name: '姓名', unit: '单位', post: '职务', due: '提交期限',
  facts: '一、有关情况', causes: '二、主要原因', measures: '三、改进措施', measureHead: ['序号', '措施', '责任人', '完成时限'], result: '四、目前成效和需要说明的其他情况',
  objection: '五、对函件所列情况的不同意见（没有的填“无”）',
  signature: '本人签名：　　　　　　　　　　　（单位盖章）', date: '　　　　年　　月　　日',
} as const

export const registerTexts = {
  title: (organ: string, year: string) => `${organ}${year}年度函件台账`,
  head: ['序号', '文号', '类型', '单位', '姓名', '职务', '事由', '签发人', '签发日期', '送达日期', '回复期限', '回复日期', '逾期天数', '结论', '销号日期', '备注'],
  pageSum: (letters: number, overdue: number) => `本页小计：${letters}件，其中逾期${overdue}件。`,
  total: (letters: number, overdue: number) => `合计：${letters}件，其中逾期${overdue}件。`,
} as const
