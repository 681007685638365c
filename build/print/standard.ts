/** What GB/T 9704-2012 asks, in millimetres, typed from the standard and not taken from the layout's own constants. */

export type Constant = { readonly name: string; readonly clause: string; readonly mm: number; readonly tolerance: number }

const c = (name: string, clause: string, mm: number, tolerance = 0.5): Constant => ({ name, clause, mm, tolerance })

/** 3号 is 16 pt; 28 characters in 156 mm. */
export const character = 156 / 28
/** 22 lines: exact 28.95 pt. */
export const pitch = 10.213
/** 日 leaves so much of its square empty at the side. */
const sideOfDay = 0.85
/** Type size 4号 in mm. */
export const small = (14 * 25.4) / 72

export const letter = {
  markTop: c('发文机关标志上边缘至上页边', '10.1', 30),
  markLine: c('标志下边缘至第一条红色双线', '10.1', 4),
  headLine: c('第一条红色双线长', '10.1', 170),
  headLeft: c('第一条红色双线左端（居中）', '10.1', 20),
  headUpper: c('第一条双线上线粗', '10.1 上粗下细', 1.06, 0.2),
  headLower: c('第一条双线下线粗', '10.1 上粗下细', 0.26, 0.15),
  footBottom: c('第二条红色双线至下页边', '10.1', 20),
  footLine: c('第二条红色双线长', '10.1', 170),
  footUpper: c('第二条双线上线粗', '10.1 上细下粗', 0.26, 0.15),
  footLower: c('第二条双线下线粗', '10.1 上细下粗', 1.06, 0.2),
  footOnce: c('首页以外的红色双线（条）', '10.1', 0, 0),
  numberTop: c('发文字号上边缘至第一条红线', '10.1 3号汉字高度的7/8', 4.9),
  numberRight: c('发文字号右端（顶版心右边缘）', '10.1', 184, 0.6),
  urgencyLeft: c('紧急程度左端（顶版心左边缘）', '10.1', 28, 0.6),
} as const

export const general = {
  markTop: c('发文机关标志上边缘至上页边', '7.2.4 至版心上边缘35', 72),
  numberGap: c('标志下边缘至发文字号（空二行）', '7.2.5', 25.4, 0.9),
  numberCentre: c('发文字号居中', '7.2.5', 106, 0.6),
  lineGap: c('发文字号下边缘至红色分隔线', '7.2.7', 4),
  lineLeft: c('分隔线左端', '7.2.7 与版心等宽', 28),
  lineWidth: c('分隔线长', '7.2.7 与版心等宽', 156),
  imprintLast: c('版记末条分隔线至上页边（版心下边缘）', '7.4.1', 262),
  imprintOuter: c('版记首末条分隔线高度', '7.4.1', 0.35, 0.08),
  imprintInner: c('版记中间分隔线高度', '7.4.1', 0.25, 0.08),
  imprintWidth: c('版记分隔线长（与版心等宽）', '7.4.1', 156),
} as const

/** The school that reads the 225 mm as ink: 22 lines of 592 twips between margins of 34.6 and 32.6 mm (letters.md section 1). */
export const compensated = {
  pitch: c('行距（按墨迹）', '5.2.3 每面22行', 10.442, 0.03),
  top: c('上页边距（按墨迹）', '5.1', 34.6, 0.4),
  bottom: c('下页边距（按墨迹）', '5.1', 32.6, 0.6),
  sealRoom: c('42mm印章上边缘至正文（按墨迹）', '7.3.5.1 一行之内', 4.7, 6),
  height: c('版心墨迹高（按墨迹）', '5.1 版心225', 225, 0.8),
} as const

export const common = {
  paperWidth: c('纸张宽', '4.1 A4', 210, 0.3),
  paperHeight: c('纸张高', '4.1 A4', 297, 0.3),
  titleGlyph: c('标题字墨高（2号7.76）', '7.3.1', 7.15, 0.4),
  bodyLines: c('三行正文（行）', '正文三行', 3, 0),
  titleCentre: c('标题居中', '7.3.1', 106, 0.6),
  titleShape: c('标题排列（1为梯形、菱形或一行）', '7.3.1', 1, 0),
  /** Two blank lines, and the parts of the lines above and below that hold no ink. */
  titleGap: c('发文字号下边缘至标题上边缘（空二行）', '10.1', 24.5, 0.9),
  titleGapGeneral: c('分隔线至标题上边缘（空二行）', '7.3.1', 23, 0.9),
  addresseeGap: c('标题下边缘至主送上边缘（空一行）', '7.3.2', 15.2, 0.9),
  addresseeLeft: c('主送左端（顶格）', '7.3.2', 28, 0.7),
  left: c('正文最左端（版心左边缘）', '5.1', 28, 0.6),
  /** 28 characters leave 0.4 mm of the 156, and the last one a part of its square. */
  right: c('正文最右端（版心右边缘）', '5.1', 184, 0.75),
  top: c('版心上边缘（天头）', '5.1', 37, 0.4),
  bottom: c('版心下边缘至下页边', '5.1', 35, 0.6),
  pitch: c('行距', '5.2.3 每面22行', pitch, 0.03),
  lines: c('每面行数', '5.2.3', 22, 0),
  characters: c('每行字数', '5.2.3', 28, 0),
  glyph: c('正文“国”字墨高（3号5.64）', '5.2.2', 4.95, 0.2),
  dateRight: c('成文日期右端（右空四字）', '7.3.5.1', 184 - 4 * character - sideOfDay, 0.5),
  nameCentre: c('署名与日期中心差', '7.3.5.1 居中', 0, 0.6),
  /** The seal's centre lies a little above the middle of name and date (偏下). */
  sealRoom: c('42mm印章上边缘至正文', '7.3.5.1 一行之内', 4.7, 5.7),
  nameRight: c('不盖章署名右端（右空二字）', '7.3.5.2', 184 - 2 * character, 0.6),
  dateAfterName: c('不盖章日期比署名右移（二字）', '7.3.5.2', 2 * character, 0.6),
  /** 4号 with the pitch of the 版记. */
  imprintPitch: c('版记回行行距', '7.4.2', 8.82, 0.4),
  withText: c('署名所在页正文行数（不少于一行）', '7.3.5.4', 1, 0),
  attachments: c('附件名称左端对齐（差）', '7.3.4', 0, 0.4),
  pageNumberDash: c('页码一字线至版心下边缘', '7.5', 7, 0.4),
  pageNumberOdd: c('单页码右端（右空一字）', '7.5', 184 - small, 0.7),
  pageNumberEven: c('双页码左端（左空一字）', '7.5', 28 + small, 0.7),
  pageNumberFirst: c('信函首页页码（个）', '10.1', 0, 0),
  outside: c('版心外的字（处）', '5.1', 0, 0),
  overlap: c('重叠的字（处）', '5.2', 0, 0),
  tableWidth: c('表格与版心等宽之差', '7.3.3', 0, 0.6),
  headRepeated: c('每页表头（缺页数）', '表格续页', 0, 0),
  pageSums: c('每页小计（缺页数）', '台账', 0, 0),
  pageFoot: c('每页签名处（缺页数）', '谈话记录', 0, 0),
  pagesMost: c('页数不超过三页（超出）', '履职档案摘录', 0, 0),
} as const
