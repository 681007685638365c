/** 模板: the office's own Word files in the place of the built-in papers. */
import { App as AntApp, Alert, Select } from 'antd'
import { useState } from 'react'
import { letterType, type LetterType } from '../../../shared/contract/letter-schemas.ts'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { call } from '../../api/client.ts'
import { chooseFiles, saveFile, toDesk } from '../../api/files.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { EmptyState, ErrorBox, Shown } from '../../components/feedback.tsx'
import { EntryButton, LinkButton, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { common } from '../../text/common.ts'
import { momentText } from '../../text/format.ts'
import { letterTypeLabels } from '../../text/labels.ts'
import { templateText as t } from '../../text/papers.ts'

type Template = OutputOf<'templates.list'>[number]
type Problems = OutputOf<'templates.check'>['problems']

export function TemplatesTab() {
  const [type, setType] = useState<LetterType>('reminder')
  const [problems, setProblems] = useState<Problems>([])
  const list = useCall('templates.list', {})
  const action = useAction()
  const { message } = AntApp.useApp()
  const upload = async (): Promise<void> => {
    const [chosen] = await chooseFiles(['docx', 'docm'], false)
    if (chosen === undefined) return
    const desk = await toDesk(chosen)
    if (!desk.ok) return void message.error(errorSentence(desk.error))
    setProblems([])
    const checked = await action.run('templates.check', { type, file: desk.value.token })
    if (!checked.ok) return
    if (checked.value.problems.length > 0) return setProblems(checked.value.problems)
    if ((await action.run('templates.upload', { type, file: desk.value.token })).ok) message.success(t.checked)
  }
  const reset = async (): Promise<void> => {
    if ((await action.run('templates.reset', { type })).ok) message.success(t.resetDone)
  }
  return (
    <div className="page-scroll">
      <div className="filters">
        <Select value={type} aria-label={t.type} style={{ width: 140 }} onChange={(next) => { setType(next); setProblems([]) }} options={letterType.options.map((one) => ({ value: one, label: letterTypeLabels[one] }))} />
        <div className="page-actions"><EntryButton entry="templates.reset" onClick={() => void reset()}>{t.reset}</EntryButton><EntryButton entry="templates.upload" type="primary" loading={action.busy} onClick={() => void upload()}>{t.upload}</EntryButton></div>
      </div>
      <p className="soft">{t.intro}</p>
      <ErrorBox error={action.error} />
      {problems.length === 0 ? null : <Alert type="error" showIcon role="alert" title={t.problems} description={<ul>{problems.map((one, at) => <li key={`${at}-${one.text}`}>{t.kinds[one.kind]}：{one.text}</li>)}</ul>} />}
      <Shown of={list}>{(rows) => <Versions rows={rows.filter((row) => row.type === type)} />}</Shown>
      <Places type={type} />
    </div>
  )
}

function Versions({ rows }: { readonly rows: readonly Template[] }) {
  const action = useAction()
  const { message } = AntApp.useApp()
  const offer = async (name: 'templates.trial' | 'templates.file', id: string): Promise<void> => {
    const file = await call(name, { id })
    const saved = file.ok ? await saveFile(file.value.file, file.value.name) : file
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  const activate = async (id: string): Promise<void> => {
    if ((await action.run('templates.activate', { id })).ok) message.success(t.activated)
  }
  if (rows.length === 0) return <Panel><EmptyState title={t.none} hint={t.builtIn} /></Panel>
  return (
    <Panel>
      <ErrorBox error={action.error} />
      {rows.some((row) => row.active) ? null : <p className="soft">{t.builtIn}</p>}
      <table className="table">
        <thead><tr><th /><th>{t.file}</th><th>{t.added}</th><th>{t.state}</th><th>{common.action}</th></tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="nowrap">{t.version(row.version)}</td><td className="cell-text">{row.fileName}</td><td className="nowrap">{momentText(row.addedOn)} {row.addedBy}</td>
              <td><StatusLight tone={row.missing ? 'alert' : row.active ? 'done' : 'idle'} text={row.missing ? t.missing : row.active ? t.active : t.idle} /></td>
              <td className="nowrap"><LinkButton onClick={() => void offer('templates.trial', row.id)}>{t.trial}</LinkButton> <LinkButton onClick={() => void offer('templates.file', row.id)}>{t.download}</LinkButton> {row.active ? null : <EntryButton entry="templates.activate" size="small" onClick={() => void activate(row.id)}>{t.activate}</EntryButton>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Places({ type }: { readonly type: LetterType }) {
  const places = useCall('templates.places', { type })
  const { message } = AntApp.useApp()
  const copy = async (place: string): Promise<void> => {
    await navigator.clipboard.writeText(place)
    message.success(t.copied(place))
  }
  return (
    <Panel title={t.places}>
      <Shown of={places}>
        {(rows) => (
          <table className="table">
            <thead><tr><th>{t.place}</th><th>{t.about}</th><th>{t.sample}</th><th>{common.action}</th></tr></thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.place}>
                  <td className="nowrap">{`{${row.place}}`}{row.needed ? <span className="soft"> {t.needed}</span> : null}</td><td className="cell-text">{row.about}{row.list === null ? null : <span className="soft">；{t.list(row.list)}</span>}</td><td className="cell-text">{row.sample}</td>
                  <td><LinkButton onClick={() => void copy(`{${row.place}}`)}>{t.copy}</LinkButton></td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Shown>
    </Panel>
  )
}
