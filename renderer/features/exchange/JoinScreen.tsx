/** A machine that waits for the answer to its request: three steps, and nothing else to do on it. */
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { call } from '../../api/client.ts'
import { chooseFiles, saveFile, toDesk } from '../../api/files.ts'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox, JobProgress, Waiting } from '../../components/feedback.tsx'
import { LinkButton } from '../../components/layout.tsx'
import { lockNow, refreshStatus, useSession } from '../../state/session.ts'
import { common } from '../../text/common.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { Fingerprint } from './GroupTab.tsx'
import { chooseTarget, placeOf } from './places.ts'
import { useFlow } from './use-flow.ts'

type Joined = OutputOf<'exchange.joinResult'>
type Recovered = OutputOf<'exchange.recoverResult'>

export function JoinScreen() {
  const join = useFlow<Joined>(false)
  const action = useAction()
  const start = async (): Promise<void> => {
    const [file] = await chooseFiles(['dspk'], false)
    if (file === undefined) return
    action.clear()
    const desk = await toDesk(file)
    if (!desk.ok) return action.fail(desk.error)
    await join.run(() => call('exchange.join', { file: desk.value.token }), (job) => call('exchange.joinResult', { job }))
  }
  if (join.value) return <JoinDone joined={join.value} />
  return (
    <main className="start-screen">
      <div className="start-card start-wide">
        <div className="detail-head"><h1>{t.joinTitle}</h1><Button type="text" onClick={() => void lockNow()}>{t.joinLock}</Button></div>
        <ol className="join-steps">
          <li><h2>{t.joinStep1}</h2><p className="soft">{t.joinStep1Body}</p><RequestAgain /></li>
          <li><h2>{t.joinStep2}</h2><p className="soft">{t.joinStep2Body}</p></li>
          <li>
            <h2>{t.joinStep3}</h2>
            <p className="soft">{t.joinStep3Body}</p>
            {join.busy ? join.job ? <JobProgress job={join.job} onCancel={join.cancel} /> : <Waiting text={t.joining} /> : <Button type="primary" onClick={() => void start()}>{t.joinVerb}</Button>}
            <ErrorBox error={action.error ?? join.error} />
          </li>
        </ol>
        <RecoverPart />
      </div>
    </main>
  )
}

function JoinDone({ joined }: { readonly joined: Joined }) {
  return (
    <main className="start-screen">
      <div className="start-card start-wide" role="status">
        <h1>{t.joinDone}</h1>
        <p>{t.joinDoneBody(joined.report.new)}</p>
        <p><Fingerprint text={joined.fingerprint} /></p>
        <p className="soft">{t.joinWrong}</p>
        <Button type="primary" autoFocus onClick={() => void refreshStatus()}>{t.joinEnter}</Button>
      </div>
    </main>
  )
}

/** After a total loss: the backup and the printed key instead of an answer. */
function RecoverPart() {
  const [open, setOpen] = useState(false)
  const [key, setKey] = useState('')
  const recover = useFlow<Recovered>(false)
  const action = useAction()
  const start = async (): Promise<void> => {
    const [file] = await chooseFiles(['dspk'], false)
    if (file === undefined) return
    action.clear()
    const desk = await toDesk(file)
    if (!desk.ok) return action.fail(desk.error)
    await recover.run(() => call('exchange.recover', { file: desk.value.token, escrowKey: key.trim() }), (job) => call('exchange.recoverResult', { job }))
  }
  if (recover.value) {
    return (
      <Modal open closable={false} title={t.recovered} footer={<Button type="primary" onClick={() => void refreshStatus()}>{t.recoverEnter}</Button>}>
        <p role="status">{t.recoveredBody(recover.value.report.new, recover.value.account)}</p>
      </Modal>
    )
  }
  if (!open) return <p className="start-foot"><LinkButton onClick={() => setOpen(true)}>{t.recoverOpen}</LinkButton></p>
  return (
    <Form layout="vertical" className="recover-part">
      <h2>{t.recoverTitle}</h2>
      <p className="soft">{t.recoverBody}</p>
      <Form.Item label={t.takeRootLabel} htmlFor="recover-key"><Input.TextArea id="recover-key" className="mono" value={key} autoSize={{ minRows: 2 }} maxLength={200} onChange={(event) => setKey(event.target.value)} /></Form.Item>
      {recover.busy ? recover.job ? <JobProgress job={recover.job} onCancel={recover.cancel} /> : <Waiting text={t.restoring} /> : <Button disabled={key.trim() === ''} onClick={() => void start()}>{t.restoreVerb}</Button>}
      <ErrorBox error={action.error ?? recover.error} />
    </Form>
  )
}

/** The same keys ask again; the password shows that it is the same person. */
function RequestAgain() {
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const account = useSession((state) => state.status?.session?.name ?? '')
  const action = useAction()
  const save = async (): Promise<void> => {
    const target = await chooseTarget(t.joinFile(account))
    if (target === null) return
    const answer = await action.run('exchange.request', { account, password, ...placeOf(target) })
    if (!answer.ok) return
    if (answer.value.file !== null) await saveFile(answer.value.file, target.name)
    setOpen(false)
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t.joinStep1Again}</Button>
      {open ? (
        <Modal open title={t.joinAgainTitle} okText={common.save} cancelText={common.cancel} confirmLoading={action.busy} okButtonProps={{ disabled: password === '' }} onCancel={() => setOpen(false)} onOk={() => void save()}>
          <Form layout="vertical" className="dialog-body">
            <p>{t.joinAgainHint}</p>
            <Form.Item label={t.joinPassword} htmlFor="join-password"><Input.Password id="join-password" value={password} autoComplete="current-password" onChange={(event) => setPassword(event.target.value)} /></Form.Item>
            <ErrorBox error={action.error} />
          </Form>
        </Modal>
      ) : null}
    </>
  )
}
