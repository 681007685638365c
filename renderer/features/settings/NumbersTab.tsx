/** 文号: the series of a year with its voided and missing numbers. */
import { App as AntApp, Form, InputNumber, Modal, Input, Select } from 'antd'
import { useState } from 'react'
import { errorSentence } from '../../../shared/text/errors.ts'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, Shown } from '../../components/feedback.tsx'
import { EntryButton, Fields, Panel } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { useToday } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { none } from '../../text/format.ts'
import { settingsText as t } from '../../text/settings.ts'
import { AuthorityPanel } from './AuthorityPanel.tsx'

export function NumbersTab() {
  const thisYear = Number(useToday().slice(0, 4))
  const [year, setYear] = useState(thisYear)
  const [reserving, setReserving] = useState(false)
  const overview = useCall('numbers.overview', { year })
  const { message } = AntApp.useApp()
  const saveGaps = async (): Promise<void> => {
    const file = await call('numbers.gapsFile', { year })
    const saved = file.ok ? await saveFile(file.value.file, file.value.name) : file
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  return (
    <div className="page-scroll">
      <div className="filters">
        <Select value={year} aria-label={t.year} style={{ width: 104 }} onChange={setYear} options={[0, 1, 2, 3].map((back) => ({ value: thisYear - back, label: t.yearOf(thisYear - back) }))} />
        <span className="soft">{t.numbersIntro}</span>
        <div className="page-actions"><EntryButton entry="numbers.gapsFile" onClick={() => void saveGaps()}>{t.gapsFile}</EntryButton><EntryButton entry="numbers.reserve" onClick={() => setReserving(true)}>{t.reserve}</EntryButton></div>
      </div>
      <Shown of={overview}>
        {(data) => (
          <>
            <Panel><Fields items={[{ label: t.next, value: <b className="nowrap">{data.next}</b> }, { label: t.used, value: data.used }, { label: t.voided, value: data.voided.length }, { label: t.gaps, value: data.gaps.length === 0 ? t.noGaps : <StatusLight tone="alert" text={String(data.gaps.length)} /> }]} /></Panel>
            {data.gaps.length > 0 ? <Panel title={t.gaps}><p>{data.gaps.join('、')}</p></Panel> : null}
            <Panel title={t.voided}>
              {data.voided.length === 0 ? <p className="soft panel-empty">{t.noVoided}</p> : (
                <table className="table"><thead><tr><th>{t.number}</th><th>{t.reason}</th></tr></thead><tbody>{data.voided.map((one) => <tr key={one.number}><td className="nowrap">{one.number}</td><td className="cell-text">{one.reason ?? none}</td></tr>)}</tbody></table>
              )}
            </Panel>
          </>
        )}
      </Shown>
      <AuthorityPanel year={year} />
      {reserving && overview.data !== null ? <ReserveDialog year={year} first={overview.data.nextSeq} onClose={() => setReserving(false)} /> : null}
    </div>
  )
}

/** `first`: the next free number, which the paper's own go on from. */
function ReserveDialog({ year, first, onClose }: { readonly year: number; readonly first: number; readonly onClose: () => void }) {
  const [from, setFrom] = useState(first)
  const [to, setTo] = useState(first)
  const [reason, setReason] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const startAt = (seq: number): void => {
    setFrom(seq)
    setTo((last) => Math.max(last, seq))
  }
  const save = async (): Promise<void> => {
    const answer = await action.run('numbers.reserve', { year, from, to, reason: reason.trim() })
    if (!answer.ok) return
    message.success(t.reserved(answer.value.reserved))
    onClose()
  }
  return (
    <Modal open title={t.reserveTitle} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void save()} okButtonProps={{ disabled: reason.trim() === '' || to < from }}>
      <Form layout="vertical" className="dialog-body">
        <p className="soft">{t.reserveHint}</p>
        <div className="form-pair">
          <Form.Item label={t.from} htmlFor="reserve-from"><InputNumber id="reserve-from" min={1} max={99_999} precision={0} value={from} onChange={(value) => value !== null && startAt(value)} /></Form.Item>
          <Form.Item label={t.to} htmlFor="reserve-to"><InputNumber id="reserve-to" min={1} max={99_999} precision={0} value={to} onChange={(value) => value !== null && setTo(value)} /></Form.Item>
        </div>
        <Form.Item label={common.reason} htmlFor="reserve-reason" extra={common.reasonNeeded}><Input id="reserve-reason" value={reason} maxLength={2000} onChange={(event) => setReason(event.target.value)} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}
