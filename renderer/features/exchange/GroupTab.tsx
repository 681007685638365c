/** 本组机器: this machine, enrolling and revoking others, and what the escrow key is for. */
import { App as AntApp, Button, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import type { PickedFile } from '../../../shared/contract/bridge.ts'
import { chooseFiles, saveFile, toDesk } from '../../api/files.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, JobProgress, Waiting } from '../../components/feedback.tsx'
import { EntryButton, Fields, Panel } from '../../components/layout.tsx'
import { common } from '../../text/common.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { useExchangeDesk } from './desk.ts'
import { MachineList } from './MachineList.tsx'
import { scopeText, type Status } from './partner-model.ts'
import { chooseTarget, writesToPlace } from './places.ts'
import { StickIcon } from './SendTab.tsx'

export function GroupTab({ status }: { readonly status: Status }) {
  const picture = useCall('machines.picture', {})
  const units = picture.data?.machines.find((machine) => machine.self)?.units ?? []
  return (
    <div className="page-scroll">
      <div className="halves">
        <Panel title={t.ownTitle}>
          <Fields items={[{ label: t.ownName, value: status.name ?? '' }, { label: t.ownScope, value: scopeText(units) }, { label: t.ownRoot, value: status.canEnrol ? t.ownRootYes : t.ownRootNo, wide: true }, { label: t.fingerprint, value: <Fingerprint text={status.fingerprint ?? ''} />, wide: true }]} />
          <p className="soft">{t.fingerprintHint}</p>
        </Panel>
        <EscrowPanel status={status} />
      </div>
      <EnrolPanel status={status} />
      <MachineList status={status} picture={picture.data} />
    </div>
  )
}

export function Fingerprint({ text }: { readonly text: string }) {
  return <span className="fingerprint mono">{text}</span>
}

function EscrowPanel({ status }: { readonly status: Status }) {
  const [asking, setAsking] = useState(false)
  return (
    <Panel title={t.escrowTitle}>
      <p>{t.escrowBody}</p>
      {status.canEnrol ? null : <div className="button-row"><EntryButton entry="exchange.takeRoot" onClick={() => setAsking(true)}>{t.takeRoot}</EntryButton></div>}
      {asking ? <TakeRootDialog onClose={() => setAsking(false)} /> : null}
    </Panel>
  )
}

function TakeRootDialog({ onClose }: { readonly onClose: () => void }) {
  const [key, setKey] = useState('')
  const action = useAction()
  const { message } = AntApp.useApp()
  const take = async (): Promise<void> => {
    const answer = await action.run('exchange.takeRoot', { escrowKey: key.trim() })
    if (!answer.ok) return
    message.success(t.takeRootDone)
    onClose()
  }
  return (
    <Modal open title={t.takeRootTitle} okText={t.takeRootVerb} cancelText={common.cancel} confirmLoading={action.busy} okButtonProps={{ disabled: key.trim() === '' }} onCancel={onClose} onOk={() => void take()}>
      <Form layout="vertical" className="dialog-body">
        <Form.Item label={t.takeRootLabel} extra={t.takeRootHint} htmlFor="escrow-key"><Input.TextArea id="escrow-key" className="mono" value={key} autoFocus autoSize={{ minRows: 2 }} maxLength={200} onChange={(event) => setKey(event.target.value)} /></Form.Item>
        <ErrorBox error={action.error} />
      </Form>
    </Modal>
  )
}

function EnrolPanel({ status }: { readonly status: Status }) {
  const { enrol } = useExchangeDesk()
  return (
    <Panel title={t.enrolTitle} className={enrol.value ? 'done-panel' : ''}>
      <ol className="steps-list">{t.enrolSteps.map((step) => <li key={step}>{step}</li>)}</ol>
      {!status.canEnrol ? <p className="soft">{t.enrolNo}</p> : enrol.busy ? enrol.job ? <JobProgress job={enrol.job} onCancel={enrol.cancel} /> : <Waiting text={t.enrolRunning} /> : enrol.value ? <EnrolDone /> : <EnrolForm />}
    </Panel>
  )
}

const everything = 'all'

function EnrolForm() {
  const { enrol, startEnrol } = useExchangeDesk()
  const units = useCall('units.list', { limit: 500 })
  const [file, setFile] = useState<PickedFile | null>(null)
  const [scope, setScope] = useState(everything)
  const action = useAction()
  const choose = async (): Promise<void> => {
    const [chosen] = await chooseFiles(['req'], false)
    if (chosen === undefined) return
    action.clear()
    const desk = await toDesk(chosen)
    if (desk.ok) setFile(desk.value)
    else action.fail(desk.error)
  }
  const start = async (): Promise<void> => {
    if (file === null) return
    const target = await chooseTarget(t.enrolName(file.name.replace(/\.req$/i, '').replace(t.joinFile('').replace(/\.req$/i, ''), '')))
    if (target !== null) startEnrol(file, scope, target)
  }
  return (
    <Form layout="vertical" className="enrol-form">
      <Form.Item label={t.enrolFile}><div className="file-pick"><EntryButton entry="exchange.enrol" onClick={() => void choose()}>{t.enrolChoose}</EntryButton><span>{file?.name ?? ''}</span></div></Form.Item>
      <Form.Item label={t.enrolScope} extra={t.enrolScopeHint} htmlFor="enrol-scope">
        <Select id="enrol-scope" showSearch={{ optionFilterProp: 'label' }} value={scope} onChange={(next: string) => setScope(next)} options={[{ value: everything, label: t.enrolScopeAll }, ...(units.data?.items ?? []).map((unit) => ({ value: unit.id, label: unit.name }))]} />
      </Form.Item>
      <ErrorBox error={action.error ?? enrol.error} />
      <div className="button-row"><EntryButton entry="exchange.enrol" type="primary" disabled={file === null} onClick={() => void start()}>{writesToPlace() ? t.enrolStart : t.enrolStartWeb}</EntryButton></div>
    </Form>
  )
}

function EnrolDone() {
  const { enrol } = useExchangeDesk()
  const done = enrol.value
  if (done === null) return null
  const { file } = done
  return (
    <>
      <p className="done-title" role="status"><StickIcon />{t.enrolDone(done.name)}</p>
      <p>{t.enrolDoneHint}</p>
      <p><Fingerprint text={done.fingerprint} /></p>
      <p className="soft">{t.saved(done.savedAs)}　{file === null ? t.pullOut : t.pullOutWeb}</p>
      <div className="button-row">
        <Button type="primary" onClick={enrol.reset}>{t.enrolAgain}</Button>
        {file === null ? null : <Button onClick={() => void saveFile(file, done.savedAs)}>{t.saveAgain}</Button>}
      </div>
    </>
  )
}
