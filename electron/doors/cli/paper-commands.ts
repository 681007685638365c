/** paper: the papers beside the letters as files, 台账 and 履职档案 among them. */
import { extname } from 'node:path'
import { flag, needed, Refused, Usage, type Command, type Flags, type Terminal } from './command.ts'
import { letterId } from './letter-commands.ts'

type Offered = { readonly file: string; readonly name: string }
const written = ['docx', 'html'] as const
const tabled = ['docx', 'xlsx'] as const
type Maker = (terminal: Terminal, object: string, flags: Flags, out: string) => Promise<Offered>

/** The format is the ending of the file. */
function endingOf<const F extends string>(out: string, allowed: readonly F[]): F {
  const found: F | undefined = allowed.find((one) => one === extname(out).slice(1).toLowerCase())
  if (found === undefined) throw new Usage(`--out 的文件名要以 ${allowed.map((one) => `.${one}`).join(' 或 ')} 结尾`)
  return found
}

function named(object: string, what: string): string {
  if (object === '') throw new Usage(`请写明${what}`)
  return object
}

/** By id or by name; a name that several bear is not guessed. */
async function officialId(terminal: Terminal, given: string): Promise<string> {
  const { items } = await terminal.call('officials.list', { query: given, limit: 100, cursor: null })
  const same = items.filter((one) => one.name === given)
  if (same.length > 1) throw new Refused({ code: 'OFFICIAL_NAMESAKE', params: { count: same.length, ids: same.map((one) => one.id) } })
  return same[0]?.id ?? given
}

const ofLetter = (paper: 'deliveryReceipt' | 'replyForm' | 'minutes'): Maker => async (terminal, object, _flags, out) =>
  terminal.call('letters.file', { id: await letterId(terminal, named(object, '函件')), paper, as: endingOf(out, written) })

const makers: Readonly<Record<string, Maker>> = {
  台账: (terminal, _object, flags, out) => {
    const [size, year] = [flag(flags, 'size') ?? 'A4', flag(flags, 'year')]
    if (size !== 'A4' && size !== 'A3') throw new Usage('--size 只能是：A4、A3')
    if (year !== undefined && !/^\d{4}$/u.test(year)) throw new Usage('--year 要写成 2026')
    return terminal.call('letters.register', { as: endingOf(out, tabled), size, year: year === undefined ? null : Number(year) })
  },
  履职档案: async (terminal, object, _flags, out) => terminal.call('papers.dutyFile', { officialId: await officialId(terminal, named(object, '干部')), as: endingOf(out, written) }),
  通报: (terminal, _object, flags, out) => {
    const period = needed(flags, 'period')
    if (!/^\d{4}-(0[1-9]|1[0-2])$/u.test(period)) throw new Usage('--period 要写成 2026-06')
    return terminal.call('papers.monthly', { period, as: endingOf(out, written) })
  },
  送达回证: ofLetter('deliveryReceipt'), 书面说明: ofLetter('replyForm'), 谈话记录: ofLetter('minutes'),
}

export const paper: Command = {
  name: 'paper',
  usage: 'paper 台账|履职档案|通报|送达回证|书面说明|谈话记录 [对象] --out 文件 [--year 年] [--size A4|A3] [--period 月份]',
  about: '生成函件以外的文书：台账、履职档案、月度通报，函件的送达回证、书面说明表、谈话记录',
  details: ['履职档案的对象是干部姓名或编号；送达回证、书面说明、谈话记录的对象是文号或函件编号。还没有记录的约谈，谈话记录是待填写的空表。', '文件名的扩展名决定格式：.docx .html，台账是 .docx .xlsx。'],
  flags: { out: { type: 'string' }, year: { type: 'string' }, size: { type: 'string' }, period: { type: 'string' } },
  args: [1, 2],
  async run(terminal, [kind = '', object = ''], flags) {
    const out = needed(flags, 'out')
    const make = makers[kind]
    if (make === undefined) throw new Usage(`文书只能是：${Object.keys(makers).join('、')}`)
    const { file } = await make(terminal, object, flags, out)
    return { value: { file: await terminal.download(file, { path: out }) } }
  },
}
