/** Words of 批量签发. */
export const batchText = {
  open: '批量签发', list: '批次', title: (n: number) => `批量签发 ${n} 件`, note: '草稿和审核中的一并审核签发，文号按单位顺序编排；缺内容的留下并说明原因，其余照常签发。已签发的只重新生成文书。', date: '签发日期', start: '签发并生成文书', running: '正在办理', stopHint: '可以取消：已签发的保留，以后从「批次」接着办。',
  apart: (n: number) => `其中 ${n} 件用本单位模板，不在合并打印文件里：请存 Word 压缩包，用 Word 或 WPS 打开各自的文件打印，再到函件页记为打印用印。清单上注“另打”。`,
  doneTitle: '办理结果', done: (n: number) => `${n} 件已签发，文书已生成。`, none: '没有函件签发。', refused: (n: number) => `${n} 件没有签发：`, word: '存 Word（压缩包）', print: '打印全部', pdf: '存为 PDF', making: (n: number) => `正在排版 ${n} 件函件，几百件要十几秒，请稍候。`, cancelled: '已停下。已签发的保留，其余没有动；以后从“批次”接着办。', stopped: (done: number, total: number) => `已停下，做好了 ${done} / ${total} 件。再按“存为 PDF”，从停下的地方接着做。`, record: '记为已打印', recorded: '已记录打印',
  listTitle: '批量签发的批次', empty: '还没有批次', startedOn: '开始', by: '经办', progress: '已办', refusedCount: '未签发', printed: '打印', resume: '接着办', again: '重新生成', openLetter: '查看', date2: '签发日期',
}
