/** batch: many letters issued in the order of units, their Word files, and one document of all pages. */
import type { LetterRow } from '../../../shared/contract/letter-schemas.ts'
import type { AppError } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { day, flag, needed, Refused, Usage, type Command, type Terminal } from './command.ts'
import { letterId } from './letter-commands.ts'

export const batch: Command = {
  name: 'batch',
  usage: 'batch 函件… | --all | --resume 批次 --out 文件夹 [--date 日期] [--pdf]',
  about: '批量审核、签发：文号按单位顺序编排，Word 文件打成一包，另有一份带清单的合并打印文件',
  details: ['--all 是全部草稿、审核中、待签发的函件。中断以后用 --resume 接着办。', '--pdf 把合并打印文件转成 PDF，需要本机有 Chromium（环境变量 DUTYDESK_CHROMIUM 指定程序，或在 PATH 中）。'],
  flags: { all: { type: 'boolean' }, resume: { type: 'string' }, out: { type: 'string' }, date: { type: 'string' }, pdf: { type: 'boolean' } },
  args: [0, 2_000],
  async run(terminal, args, flags) {
    const [out, resume] = [needed(flags, 'out'), flag(flags, 'resume')]
    if ([flags.all === true, resume !== undefined, args.length > 0].filter(Boolean).length !== 1) throw new Usage('请给出函件，或用 --all，或用 --resume')
    if (flags.pdf === true && !terminal.hasPdf) throw new Refused({ code: 'NOT_FOUND', params: { what: 'chromium' } })
    await terminal.folder(out)
    const { job, batchId } = resume === undefined
      ? await terminal.call('letters.batch', { ids: flags.all === true ? await waiting(terminal) : await Promise.all(args.map((one) => letterId(terminal, one))), date: day(flag(flags, 'date') ?? terminal.today(), '--date') })
      : await terminal.call('letters.batchResume', { batchId: resume })
    terminal.say(`批次 ${batchId}`)
    await terminal.finish(job)
    const { letters, refused, docx, pages } = await terminal.call('letters.batchResult', { job })
    const zip = docx === null ? null : await terminal.download(docx.file, { dir: out })
    for (const { letterId: id, code, params } of refused) terminal.say(`未签发 ${id}：${errorSentence({ code, params } as AppError)}`)
    terminal.say(`签发 ${letters.length} 封，未签发 ${refused.length} 封。`)
    const value = { batch: batchId, letters: letters.map(({ id, number, type, unit, official }) => ({ id, number, type, unit, official })), refused, docx: zip }
    try {
      return { value: { ...value, pages: pages === null ? null : await terminal.download(flags.pdf === true ? await terminal.toPdf(pages.file) : pages.file, { dir: out }) } }
    } catch (error) {
      // What is issued is issued: the answer names it also where its PDF failed.
      throw error instanceof Refused ? new Refused(error.error, value) : error
    }
  },
}

async function waiting(terminal: Terminal): Promise<string[]> {
  const ids: string[] = []
  for (let cursor: string | null = null; ; ) {
    const page: { items: readonly LetterRow[]; next: string | null } = await terminal.call('letters.list', { states: ['draft', 'returned', 'checking', 'checked'], limit: 500, cursor, sort: 'created', direction: 'asc' })
    ids.push(...page.items.map((row) => row.id))
    cursor = page.next
    if (cursor === null) break
  }
  if (ids.length === 0) throw new Refused({ code: 'NOT_FOUND', params: { what: 'letter' } })
  return ids.slice(0, 2_000)
}
