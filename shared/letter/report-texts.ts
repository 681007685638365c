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

/** Sentences of the monthly 通报: what was reported, without judgement. */
export const monthlySentences = {
  investment: '招商引资工作', investmentTable: '招商引资工作情况', projects: '重点项目建设', projectsTable: '重点项目建设进展情况', tasks: '督查事项办理', tasksTable: '督查事项办理情况', air: '大气污染防治', airTable: '空气质量情况', letters: '函件办理', lettersTable: '函件签发和销号情况',
  investmentRows: (month: string, rows: number) => `截至${month}，共收到招商引资情况${rows}条，本年累计`,
  projectRows: (month: string, rows: number, onTime: number, behind: number) => `截至${month}，共收到重点项目进展情况${rows}条，其中投资完成率达到或高于时序进度的${onTime}个，低于时序进度的${behind}个；`,
  taskRows: (month: string, rows: number, done: number, open: number, late: number) => `截至${month}底，纳入通报的督查事项${rows}项，其中已办结${done}项，在办${open}项；在办事项中，超过办结时限的${late}项。`,
  airRows: (month: string, rows: number) => `${month}，共收到${rows}个单位空气质量情况，`,
  letterCounts: (month: string, issued: number, kinds: string, replies: number, closed: number) => `${month}，共签发函件${issued}件${kinds === '' ? '' : `，其中${kinds}`}；收到书面说明${replies}件；销号${closed}件。已撤销的函件未计入。`,
  nothing: (month: string) => `${month}没有收到这项工作的报送情况。`,
  noFigures: '未报送主要数据。',
  partly: '未报送的数据未计入。',
} as const

/** Cells of 履职档案. */
export const dutyFileCells = {
  now: '今', to: '至', unknown: '未注明',
  replied: (day: string, summary: string | null, verdict: string | null) => `${day}提交书面说明${summary === null ? '' : `：${summary}`}${verdict === null ? '' : `（审阅意见：${verdict}）`}`,
  waiting: (due: string | null) => `待提交书面说明${due === null ? '' : `，期限${due}`}`, notServed: '待送达', notAsked: '未要求书面说明',
  recheckAsked: (day: string) => `${day}申请复核`, rechecked: (asked: string, day: string, outcome: string) => `${asked}申请复核，${day}复核决定：${outcome}`,
  closed: (conclusion: string | null) => `已销号${conclusion === null ? '' : `，结论：${conclusion}`}`,
  planned: (day: string) => `${day}（通知时间）`, minuted: '已作谈话记录', notMinuted: '尚无谈话记录', account: (text: string) => `本人陈述：${text}`, pledge: (text: string) => `整改承诺：${text}`, followUp: (day: string) => `后续跟踪日期：${day}`,
  colours: { yellow: '黄牌', red: '红牌' } as Readonly<Record<string, string>>, lifted: (day: string, reason: string | null) => `${day}解除${reason === null ? '' : `：${reason}`}`, over: '已到期', valid: '有效',
  file: '履职档案', monthlyFile: '通报',
} as const
