/** app.demo: a new folder with the sample year, made through the same entries that a clerk uses. */
import type { EntryName, InputOf, OutputOf } from '../../shared/contract/entries.ts'
import { demoAccount, demoOffice, demoPeriods } from '../../shared/domain/demo.ts'
import { err, ok, Refusal, type Result } from '../../shared/result.ts'
import type { JobControl } from '../services/job-desk.ts'
import { dispatch, type Backend } from './dispatch.ts'

export type DemoFile = { readonly name: string; readonly bytes: Uint8Array }

export function startDemo(backend: Backend, readFiles: () => readonly DemoFile[]): Result<{ job: string }> {
  if (backend.session.folder() !== 'empty') return err('ALREADY_SET_UP')
  const files = readFiles()
  if (files.length === 0) return err('NOT_FOUND', { what: 'demo' })
  return ok({ job: backend.jobs.start('demo', (control) => makeDemo(backend, files, control)) })
}

async function makeDemo(backend: Backend, files: readonly DemoFile[], control: JobControl): Promise<Result<null>> {
  const made = await backend.session.setUp({ ...demoOffice, account: demoAccount.name, password: demoAccount.password, demo: true })
  if (!made.ok) return made
  const call = async <N extends EntryName>(name: N, input: InputOf<N>): Promise<OutputOf<N>> => {
    if (control.signal.aborted) throw new Refusal('CANCELLED')
    const answer = await dispatch(name, input, backend)
    if (answer.ok) return answer.value as OutputOf<N>
    throw new Refusal(answer.error.code, answer.error.params)
  }
  for (const [index, file] of files.entries()) {
    control.report({ fraction: index / (files.length + 2), step: 'demo.import', counts: { file: index + 1, files: files.length } })
    await importFile(backend, call, file)
  }
  control.report({ fraction: files.length / (files.length + 2), step: 'demo.letters', counts: {} })
  await followUp(call)
  return ok(null)
}

type Call = <N extends EntryName>(name: N, input: InputOf<N>) => Promise<OutputOf<N>>

async function importFile({ files, jobs }: Backend, call: Call, file: DemoFile): Promise<void> {
  const token = files.offer({ name: file.name, mime: '', bytes: file.bytes })
  const { job } = await call('bulletins.import', { file: token, dryRun: false })
  for (let after = 0; ; ) {
    const view = await jobs.wait(job, after, 20_000)
    if (!view.ok) throw new Refusal(view.error.code, view.error.params)
    if (view.value.state !== 'running') break
    after = view.value.version
  }
  await call('bulletins.importResult', { job })
  files.drop(token)
}

/** A few letters at each stage, so that every screen has something to show. */
async function followUp(call: Call): Promise<void> {
  const proposals = []
  for (const period of demoPeriods) proposals.push(...(await call('proposals.run', { period, date: '2026-07-01' })).proposals)
  const ready = proposals.filter((proposal) => proposal.state === 'open' && !proposal.incomplete).slice(0, 8)
  const { letters } = await call('letters.issueProposals', { proposalIds: ready.map((proposal) => proposal.id), date: '2026-07-02' })
  for (const letter of letters.slice(0, 5)) await call('letters.deliver', { id: letter.id, at: '2026-07-03T09:30', receiver: '办公室', method: '直接送达' })
  for (const letter of letters.slice(0, 3)) await call('letters.reply', { id: letter.id, receivedOn: '2026-07-15', summary: '已制定整改措施，按月报送进展。', form: '书面', scans: [] })
  for (const letter of letters.slice(0, 2)) await call('letters.judge', { id: letter.id, verdict: '认可', on: '2026-07-17' })
  for (const letter of letters.slice(0, 1)) await call('letters.close', { id: letter.id, on: '2026-07-20', conclusion: '整改措施已落实。' })
  for (const letter of letters.slice(3, 4)) await call('letters.askRecheck', { id: letter.id, askedOn: '2026-07-20', askedBy: letter.official ?? letter.unit, grounds: '通报的数据与我单位台账不一致，申请核对原始凭证。', scans: [] })
}
