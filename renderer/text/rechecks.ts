/** Words of 复核. */
export const rechecksText = {
  title: '复核', ask: '申请复核', decide: '复核决定', open: '复核中', overdue: (days: number) => `复核逾期 ${days} 天`, asked: '已登记复核申请', decided: '已登记复核决定', only: '复核中',
  askTitle: '登记复核申请', askHint: (last: string) => `申请最迟 ${last} 提出。复核期间函件照常办理。`, askedOn: '申请日期', askedBy: '申请人', grounds: '申请理由', groundsHint: '照申请书摘要填写，原件扫描附后',
  decideTitle: '登记复核决定', outcome: '决定', decidedOn: '决定日期', reason: '理由', decisionDue: (day: string) => `最迟 ${day} 决定`, late: (day: string) => `${day} 之后的申请不再受理`, request: (on: string, by: string, due: string) => `${by}于 ${on} 申请复核，最迟 ${due} 决定。`,
  outcomeHints: { 维持: '函件继续有效，照原来的要求办理。', 变更: '函件继续有效。请在理由中写明变更的内容。', 撤销: '函件随即撤销：文号保留并注明，不再计入统计，随函的黄牌一并解除。之后可以发澄清函。' },
  others: '须由起草、审核、签发以外、有签发角色的人决定。', until: '可申请复核至', panel: '待决定的复核', decideBy: (day: string) => `${day} 到期`,
} as const
