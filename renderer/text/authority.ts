/** Words of numbers on several machines: who gives them, what is lent, what waits for one. */
export const authorityText = {
  title: '由哪台机器发文号', alone: '只有一台机器，文号由本机按顺序给。', by: '发号机器', mine: '本机', standing: '本机现在', standings: { direct: '按顺序给文号', lease: '用借来的号段', pending: '签发后编号待定，由发号机器补给' }, since: '起', here: '改由本机发文号', hereTitle: '改由本机发文号', hereBody: '改后由本机按顺序给文号，其他机器签发的编号待定。请先确认原来的机器不再给文号，免得一个文号用在两封函上。', hereDone: '现在由本机发文号',
  leases: '借出的号段', leaseNone: '没有借出号段。', lease: '借给一台机器 10 个文号', leaseTo: '借给', leaseDone: (from: string, to: string) => `已借出 ${from} 至 ${to}`, machine: '机器', range: '号段', left: '未用（个）', state: '状态', closed: '已收回', open: '使用中', close: '收回', closeDone: (n: number) => `已收回，${n} 个未用的列为空号`,
  pending: '编号待定', pendingBody: (n: number) => `有 ${n} 件已签发的函件等待文号。`, assign: '补给文号', assigned: (n: number) => `已给 ${n} 件函件补上文号`,
} as const
