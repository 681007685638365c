/** What `import` of the terminal says about a file that was refused whole. Disks that refuse are told by a terminal that stands in for the real one. */
import { expect, test } from 'vitest'
import { Refused, type Terminal } from '../../../electron/doors/cli/command.ts'
import { importFiles } from '../../../electron/doors/cli/import-commands.ts'
import type { AppError } from '../../../shared/errors.ts'
import { errorSentence } from '../../../shared/text/errors.ts'

function refusing(error: AppError): Terminal {
  const refuse = (): Promise<never> => Promise.reject(new Refused(error))
  return { call: refuse, callAny: refuse, upload: () => Promise.resolve('token'), folder: () => Promise.resolve(), download: refuse, finish: refuse, say: () => {}, newPassword: refuse, today: () => '2026-07-06', hasPdf: false, toPdf: refuse }
}

async function told(error: AppError): Promise<string> {
  const refused = await importFiles.run(refusing(error), ['/stick/08.xlsx'], {}).then(() => null, (thrown: unknown) => thrown)
  expect(refused).toBeInstanceOf(Refused)
  return errorSentence((refused as Refused).error)
}

test('a refusal about the workbook names it', async () => {
  expect(await told({ code: 'KIND_UNKNOWN', params: {} })).toContain('“08.xlsx”')
})

test('a data folder that cannot be written is told as such, not as the place of the workbook', async () => {
  expect(await told({ code: 'DISK_READ_ONLY', params: { cause: 'EACCES' } })).toMatch(/^数据文件夹不能写入/)
  expect(await told({ code: 'DISK_FULL', params: { cause: 'ENOSPC' } })).not.toContain('08.xlsx')
})
