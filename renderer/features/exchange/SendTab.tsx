/** 导出: for whom, what goes, where to; then progress, and the word that the stick may be pulled. */
import { Alert, Button, Checkbox, Form, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '../../../shared/contract/entries.ts'
import { chooseFiles, saveFile, toDesk } from '../../api/files.ts'
import { useAction, useCall } from '../../api/hooks.ts'
import { ErrorBox, JobProgress, Shown, Waiting } from '../../components/feedback.tsx'
import { EntryButton, LinkButton, Panel } from '../../components/layout.tsx'
import { patchQuery, useRoute } from '../../state/route.ts'
import { useToday } from '../../state/session.ts'
import { exchangeText as t } from '../../text/exchange.ts'
import { numberText, sizeText } from '../../text/format.ts'
import { useExchangeDesk, type Named, type Written } from './desk.ts'
import { byName, type Status } from './partner-model.ts'
import { chooseTarget, writesToPlace } from './places.ts'

const everybody = 'all'

export function SendTab({ status }: { readonly status: Status }) {
  const desk = useExchangeDesk()
  const { send } = desk
  return (
    <div className="page-scroll guided">
      {send.busy ? <Panel title={t.sendRunning}>{send.job ? <JobProgress job={send.job} onCancel={send.cancel} /> : <Waiting text={t.sendRunning} />}</Panel> : null}
      {send.state === 'done' && send.value ? <SendDone done={send.value} onAgain={send.reset} /> : null}
      {send.state === 'idle' || send.state === 'failed' ? <SendForm status={status} /> : null}
    </div>
  )
}

function SendForm({ status }: { readonly status: Status }) {
  const { query } = useRoute()
  const { send, startSend } = useExchangeDesk()
  const today = useToday()
  const [full, setFull] = useState(false)
  const asked = query['to']
  const to = asked !== undefined && status.partners.some((one) => one.device === asked) ? asked : everybody
  const plan = useCall('exchange.plan', status.partners.length === 0 ? null : { to, full })
  const start = async (): Promise<void> => {
    const name = status.partners.find((one) => one.device === to)?.name ?? t.everyone
    const target = await chooseTarget(t.packageName(today, name))
    if (target !== null) startSend(to, full, target)
  }
  return (
    <>
      {send.error?.code === 'CANCELLED' ? <Alert type="info" showIcon title={t.cancelled} /> : <ErrorBox error={send.error} />}
      <Panel title={t.sendTitle}>
        {status.partners.length === 0 ? <p className="soft">{t.planNobody}</p> : (
          <Form layout="vertical">
            <Form.Item label={t.sendFor} htmlFor="send-to">
              <Select id="send-to" showSearch={{ optionFilterProp: 'label' }} value={to} onChange={(next: string) => patchQuery({ to: next === everybody ? null : next })} options={[{ value: everybody, label: t.sendAllCount(status.partners.length) }, ...status.partners.map((one) => ({ value: one.device, label: one.name }))]} />
            </Form.Item>
            <Form.Item extra={t.sendFullHint}><Checkbox checked={full} onChange={(event) => setFull(event.target.checked)}>{t.sendFull}</Checkbox></Form.Item>
            <h3>{t.planTitle}</h3>
            <Shown of={plan}>{(data) => <Plan plan={data} status={status} />}</Shown>
            <p className="soft">{writesToPlace() ? t.sendPlaceHint : t.sendWebHint}</p>
            <div className="button-row"><EntryButton entry="exchange.export" type="primary" disabled={plan.data === null || plan.data.recipients.length === 0} onClick={() => void start()}>{writesToPlace() ? t.sendStart : t.sendStartWeb}</EntryButton></div>
          </Form>
        )}
      </Panel>
      <AnswerPanel />
    </>
  )
}

function Plan({ plan, status }: { readonly plan: OutputOf<'exchange.plan'>; readonly status: Status }) {
  const skipped = plan.skipped.flatMap((device) => status.partners.find((one) => one.device === device) ?? []).sort(byName)
  return (
    <div aria-live="polite">
      <dl className="figures plan-figures">
        <div><dt>{t.planChanges}</dt><dd>{numberText(plan.changes)}<small>{t.planItems}</small></dd></div>
        <div><dt>{t.planBlobs}</dt><dd>{numberText(plan.blobs)}<small>{t.planFiles}</small></dd></div>
        <div><dt>{t.planSize}</dt><dd>{sizeText(plan.bytes)}</dd></div>
        <div><dt>{t.planFor}</dt><dd>{plan.recipients.length}<small>{t.planMachines}</small></dd></div>
      </dl>
      {plan.changes === 0 ? <p className="soft">{t.planNothing}</p> : null}
      {skipped.length > 0 ? (
        <Alert
          type="info" showIcon title={t.planSkipped(skipped.length)}
          description={<ul className="skipped-list lines-scroll">{skipped.map((one) => <li key={one.device}><LinkButton onClick={() => patchQuery({ to: one.device })}>{one.name}</LinkButton></li>)}</ul>}
        />
      ) : null}
    </div>
  )
}

/** The other side of a gap: only the missing ranges go back. */
function AnswerPanel() {
  const { startAnswer } = useExchangeDesk()
  const today = useToday()
  const action = useAction()
  const answer = async (): Promise<void> => {
    const [file] = await chooseFiles(['req'], false)
    if (file === undefined) return
    const desk = await toDesk(file)
    if (!desk.ok) return action.fail(desk.error)
    const target = await chooseTarget(t.answerName(today))
    if (target !== null) startAnswer(desk.value, target)
  }
  return (
    <Panel title={t.answerTitle}>
      <div className="panel-intro"><p className="soft">{t.answerHint}</p><EntryButton entry="exchange.answer" onClick={() => void answer()}>{t.answerVerb}</EntryButton></div>
      <ErrorBox error={action.error} />
    </Panel>
  )
}

export function SendDone({ done, onAgain }: { readonly done: Named<Written>; readonly onAgain: () => void }) {
  const { file } = done
  const onStick = file === null
  return (
    <Panel className="done-panel">
      <div role="status">
        <p className="done-title"><StickIcon />{onStick ? t.sendDone : t.sendDoneWeb}</p>
        <p className="done-word">{onStick ? t.pullOut : t.pullOutWeb}</p>
      </div>
      <p>{t.saved(done.savedAs)}　<span className="soft">{t.sendDoneFacts(done.changes, done.blobs, sizeText(done.bytes))}</span></p>
      {done.files > 1 ? <p>{t.sendFiles(done.files)}</p> : null}
      {done.blobsMissing > 0 ? <p>{t.sendBlobsMissing(done.blobsMissing)}</p> : null}
      <p className="soft">{t.sendNext}</p>
      <div className="button-row">
        <Button type="primary" onClick={onAgain}>{t.again}</Button>
        {file === null ? null : <Button onClick={() => void saveFile(file, done.savedAs)}>{t.saveAgain}</Button>}
      </div>
    </Panel>
  )
}

/** A stick with a tick: the shape says done before the words are read. */
export function StickIcon() {
  return (
    <svg className="stick-icon" viewBox="0 0 40 24" width="40" height="24" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" strokeLinecap="round">
      <path d="M2 6h24a3 3 0 0 1 3 3v6a3 3 0 0 1-3 3H2zM29 8h8v8h-8M33 10.500v.01M33 13.500v.01M9 12l3.200 3.200L18.500 9" />
    </svg>
  )
}
