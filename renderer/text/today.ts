/** Words of 今日. */
export const todayText = {
  title: '今日', period: (text: string) => `当前期次：${text}`, calendarUnknown: '日历未公布：当前年度的节假日安排还没有导入，按工作日计算的期限暂时算不出来。', goCalendar: '去导入日历', toDo: '待办', proposalsOpen: '待拟办', proposalsIncomplete: '缺责任人', lettersDraft: '草稿', lettersToCheck: '待审核', lettersToIssue: '待签发', lettersToDeliver: '待送达',
  repliesWaiting: '待回复', repliesOverdue: '逾期未回复', repliesToJudge: '待审阅', lettersToClose: '待销号', rechecksOpen: '待复核', rechecksOverdue: '复核逾期', conflicts: '交换待核对', gaps: '交换缺号', overdue: '逾期未回复', overdueEmpty: '没有逾期的函件。', dueSoon: '即将到期', dueSoonEmpty: '近期没有到期的函件。', missing: '报送情况', missingEmpty: '本期没有应报送的通报。', notReported: '未报送', reported: (rows: number) => `已报 ${rows} 行`,
  positive: '正向激励', awards: '本年表彰', issued: '本月签发', closed: '本月销号', positiveHint: '表彰、考核结果与函件并列记入干部履职情况。', seeAwards: '查看表彰', overdueDays: (n: number) => `逾期 ${n} 天`, due: (date: string) => `${date} 到期`, allDone: '今天没有待办。', allDoneHint: '新通报来了就从这里导入。', importVerb: '导入通报', items: '件', people: '项',
  startTitle: '从导入通报开始', startHint: '先导入单位名册和干部名册，再导入各部门的通报，程序会按规则提出拟办。',
}
