/** render: the paper again, as Word, HTML or (where a Chromium is found) PDF. */
import { extname } from 'node:path'
import { many, needed, Refused, Usage, type Command } from './command.ts'
import { letterId } from './letter-commands.ts'

const formats = ['docx', 'html', 'pdf'] as const

export const render: Command = {
  name: 'render',
  usage: 'render 函件 --out 文件 [--as docx|html|pdf]',
  about: '重新生成函件，并给出版面的文字',
  details: ['不写 --as 时按文件名的扩展名。pdf 需要本机有 Chromium（环境变量 DUTYDESK_CHROMIUM 指定程序，或在 PATH 中）。'],
  flags: { out: { type: 'string' }, as: { type: 'string', multiple: true } },
  formats,
  args: [1, 1],
  async run(terminal, [given = ''], flags) {
    const out = needed(flags, 'out')
    const asked = many(flags, 'as').find((one) => (formats as readonly string[]).includes(one))
    const as = formats.find((format) => format === (asked ?? extname(out).slice(1).toLowerCase()))
    if (as === undefined) throw new Usage(`--as 只能是：${formats.join('、')}`)
    if (as === 'pdf' && !terminal.hasPdf) throw new Refused({ code: 'NOT_FOUND', params: { what: 'chromium' } })
    const id = await letterId(terminal, given)
    const { layout } = await terminal.call('letters.preview', { id })
    const { file: token } = await terminal.call('letters.file', { id, as: as === 'docx' ? 'docx' : 'html' })
    return { value: { file: await terminal.download(as === 'pdf' ? await terminal.toPdf(token) : token, { path: out }), layout } }
  },
}
