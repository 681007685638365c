/** Standing texts of 谈话记录, 履职档案 and the monthly 通报. */
export const minutesTexts = {
  title: '谈话记录',
  time: '时间', to: '至', place: '地点', person: '谈话对象', unit: '单位', post: '职务', talkers: '谈话人', recorder: '记录人', cause: '谈话事由', number: '通知书字号',
  content: '一、谈话内容', account: '二、本人陈述', pledge: '三、整改承诺', ask: '问：', answer: '答：',
  confirm: '以上记录已经本人核对，与谈话内容一致。',
  /** One name each, written on every page. */
  foot: '谈话对象：　　　　　谈话人：　　　　　记录人：',
  noAccount: '本人表示没有需要说明的其他情况。',
} as const

export const dutyFileTexts = {
  title: '干部履职情况摘录',
  organ: '摘录单位', asOf: '摘录日期',
  name: '姓名', gender: '性别', birth: '出生年月', unit: '单位', post: '职务', portfolio: '分管工作',
  sections: {
    posts: { heading: '任职经历', head: ['起止时间', '单位', '职务', '分管工作'] },
    results: { heading: '工作实绩和考核结果', head: ['时间', '事项', '结果', '来源'] },
    awards: { heading: '表彰奖励', head: ['日期', '表彰名称', '授予单位', '文号'] },
    letters: { heading: '函件和书面说明', head: ['签发日期', '文号', '事由', '书面说明和结论'] },
    interviews: { heading: '约谈', head: ['时间', '约谈人', '事由', '后续情况'] },
    cards: { heading: '亮牌（所在单位）', head: ['起止时间', '单位', '依据', '解除情况'] },
  },
  none: '无记录',
  more: (count: number) => `另有${count}条，见履职档案`,
  note: '函件与书面说明、复核结论一并列出；已撤销、已澄清的函件不作为履职情况的依据，未列入本摘录。',
} as const

export const monthlyTexts = {
  title: (month: string) => `关于${month}重点工作履职情况的通报`,
  opening: (month: string) => `根据履职尽责信息通报机制，现将${month}重点工作履职情况通报如下。`,
  table: (n: number, caption: string) => `表${n}　${caption}`,
  closing: '特此通报。',
  to: '各镇街，市直各部门、单位：',
} as const
