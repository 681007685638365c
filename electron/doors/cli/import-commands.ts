/** import, undo-import. */
import type { ImportReport } from '../../../shared/contract/bulletins.ts'
import type { AppError } from '../../../shared/errors.ts'
import { importKinds, type ImportKind } from '../../../shared/domain/kinds.ts'
import { flag, Refused, Usage, type Command, type Terminal } from './command.ts'

type FileResult = {
  file: string; kind: string; period: string | null; accepted: number; skipped: number
  refused: { sheet: string | null; row: number; codes: string[]; cells: unknown[] }[]
  refusedTotal?: number; duplicateOf?: string; duplicateBatch?: string; correctionOf?: unknown; warnings?: string[]; batch?: string; errorFile?: string
}

export const importFiles: Command = {
  name: 'import',
  usage: 'import 文件… [--kind 类别] [--period 期别] [--dry-run] [--errors-to 文件夹]',
  about: '按给出的顺序导入工作簿（.xlsx .xls .csv）；被拒的行可写回工作簿副本',
  details: [
    `类别：${importKinds.join(' ')}；期别：2026-06 或 2025。不写时自动识别。`,
    '--dry-run 只检查不入库；--errors-to 把带“错误原因”一列的副本写到文件夹。',
    '遇到整个被拒的文件即停下，此前的文件已导入。',
  ],
  flags: { kind: { type: 'string' }, period: { type: 'string' }, 'dry-run': { type: 'boolean' }, 'errors-to': { type: 'string' }, sender: { type: 'string' } },
  args: [1, 10_000],
  async run(terminal, args, flags) {
    const kind = flag(flags, 'kind')
    if (kind !== undefined && !(importKinds as readonly string[]).includes(kind)) throw new Usage(`--kind 只能是：${importKinds.join(' ')}`)
    const options = { kind: kind as ImportKind | undefined, period: flag(flags, 'period'), sender: flag(flags, 'sender'), dryRun: flags['dry-run'] === true }
    const files: FileResult[] = []
    const errorsTo = flag(flags, 'errors-to')
    if (errorsTo !== undefined) await terminal.folder(errorsTo)
    for (const path of args) {
      try {
        files.push(await importOne(terminal, path, options, errorsTo))
      } catch (error) {
        if (!(error instanceof Refused)) throw error
        throw new Refused(named(error.error, path), { files })
      }
    }
    return { value: { files } }
  },
}

/** Names the workbook where the refusal is about it. What the data folder's disk says is not: with the workbook's name it would point to the wrong disk. */
function named(error: AppError, path: string): AppError {
  return /^(?:FILE|KIND|PERIOD|HEADER|IMPORT)_/.test(error.code) ? { ...error, params: { file: path.split(/[\\/]/).at(-1) ?? path, ...error.params } } : error
}

type Options = { kind: ImportKind | undefined; period: string | undefined; sender: string | undefined; dryRun: boolean }

async function importOne(terminal: Terminal, path: string, options: Options, errorsTo: string | undefined): Promise<FileResult> {
  const file = await terminal.upload(path)
  const { job } = await terminal.call('bulletins.import', { file, ...options })
  await terminal.finish(job)
  const report = await terminal.call('bulletins.importResult', { job })
  await terminal.call('files.drop', { token: file })
  const result = resultOf(report)
  if (errorsTo !== undefined && report.errorFile !== null) result.errorFile = await terminal.download(report.errorFile, { dir: errorsTo })
  terminal.say(`${report.file}：接收 ${report.accepted} 行，跳过 ${report.skipped} 行，拒收 ${report.refusedTotal} 行${report.duplicateOf ? '（此前已导入过，没有重复入库）' : ''}`)
  return result
}

function resultOf(report: ImportReport): FileResult {
  return {
    file: report.file, kind: report.kind, period: report.period, accepted: report.accepted, skipped: report.skipped,
    refused: report.refused.map(({ sheet, row, codes, cells }) => ({ sheet, row, codes, cells })),
    ...(report.refusedTotal > report.refused.length ? { refusedTotal: report.refusedTotal } : {}),
    ...(report.duplicateOf ? { duplicateOf: report.duplicateOf.file, duplicateBatch: report.duplicateOf.bulletinId } : {}),
    ...(report.correctionOf ? { correctionOf: report.correctionOf } : {}),
    ...(report.warnings.length > 0 ? { warnings: report.warnings } : {}),
    ...(report.bulletinId === null ? {} : { batch: report.bulletinId }),
  }
}

export const undoImport: Command = {
  name: 'undo-import',
  usage: 'undo-import 批次 [--reason 理由]',
  about: '撤销一整批导入；批次是 import 给出的 batch',
  flags: { reason: { type: 'string' } },
  args: [1, 1],
  async run(terminal, [id = ''], flags) {
    return { value: await terminal.call('bulletins.undo', { id, reason: flag(flags, 'reason') ?? '由终端撤销' }) }
  },
}
