/** Fill in the person, decline, draft, issue. */
import { App as AntApp, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { EntryButton } from '../../components/layout.tsx'
import { OfficialPicker } from '../../components/pickers.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { navigate } from '../../state/route.ts'
import { common } from '../../text/common.ts'
import { proposalsText as t } from '../../text/proposals.ts'
import { countReasons, IssueDialog } from './IssueDialog.tsx'
import type { Proposal } from './ProposalDetail.tsx'

type Dialog = 'assign' | 'decline' | 'reopen' | 'issue' | 'override'

export function ProposalActions({ proposal, guard }: { readonly proposal: Proposal; readonly guard: string | null }) {
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const action = useAction()
  const { message } = AntApp.useApp()
  const close = (): void => {
    action.clear()
    setDialog(null)
  }
  const draft = async (override: string | null): Promise<void> => {
    const answer = await action.run('letters.draft', { proposalIds: [proposal.id], override })
    if (!answer.ok) return
    const [letter] = answer.value.letters
    if (answer.value.refused.length > 0) message.error(countReasons(answer.value.refused).map(([text]) => text).join('；'))
    if (letter) navigate(['letters', letter.id])
    else close()
  }
  const decline = async (reason: string): Promise<void> => {
    const answer = await action.run('proposals.decline', { ids: [proposal.id], reason })
    if (!answer.ok) return
    message.success(t.declined(1))
    close()
  }
  const reopen = async (reason: string): Promise<void> => {
    const answer = await action.run('proposals.reopen', { id: proposal.id, reason })
    if (!answer.ok) return
    message.success(t.reopened)
    close()
  }
  if (proposal.state === 'declined') {
    return (
      <div className="button-row">
        <EntryButton entry="proposals.reopen" onClick={() => setDialog('reopen')}>{t.reopen}</EntryButton>
        {dialog === 'reopen' ? <ReasonDialog title={t.reopenTitle} verb={t.reopen} busy={action.busy} error={action.error} onCancel={close} onReason={(reason) => void reopen(reason)} /> : null}
      </div>
    )
  }
  // The dialog stays for its result: which number came out.
  if (proposal.state !== 'open' && dialog !== 'issue') {
    return proposal.letterId === null ? null : <div className="button-row"><Button onClick={() => navigate(['letters', proposal.letterId ?? ''])}>{t.openLetterVerb}</Button></div>
  }
  return (
    <div className="button-row">
      {proposal.incomplete ? <EntryButton entry="proposals.assign" type="primary" onClick={() => setDialog('assign')}>{t.assign}</EntryButton> : <EntryButton entry="letters.issueProposals" type="primary" onClick={() => setDialog('issue')}>{t.issue}</EntryButton>}
      <EntryButton entry="letters.draft" loading={action.busy && dialog === null} disabled={proposal.incomplete} onClick={() => (guard === null ? void draft(null) : setDialog('override'))}>{t.draft}</EntryButton>
      {proposal.incomplete ? null : <EntryButton entry="proposals.assign" onClick={() => setDialog('assign')}>{t.change}{t.official}</EntryButton>}
      <EntryButton entry="proposals.decline" onClick={() => setDialog('decline')}>{t.decline}</EntryButton>
      {dialog === null ? <ErrorBox error={action.error} /> : null}
      {dialog === 'assign' ? <AssignDialog proposal={proposal} onClose={close} /> : null}
      {dialog === 'decline' ? <ReasonDialog title={t.declineTitle(1)} verb={t.decline} busy={action.busy} error={action.error} onCancel={close} onReason={(reason) => void decline(reason)} /> : null}
      {dialog === 'override' ? <OverrideDialog guard={guard ?? ''} busy={action.busy} error={action.error} onCancel={close} onReason={(reason) => void draft(reason)} /> : null}
      {dialog === 'issue' ? <IssueDialog ids={[proposal.id]} guarded={guard} onClose={close} /> : null}
    </div>
  )
}

type OverrideProps = { readonly guard: string; readonly busy: boolean; readonly error: Parameters<typeof ErrorBox>[0]['error']; readonly onCancel: () => void; readonly onReason: (reason: string) => void }

function OverrideDialog({ guard, busy, error, onCancel, onReason }: OverrideProps) {
  const [reason, setReason] = useState('')
  return (
    <Modal open title={t.draft} okText={t.draft} cancelText={common.cancel} confirmLoading={busy} onCancel={onCancel} onOk={() => onReason(reason.trim())} okButtonProps={{ disabled: reason.trim() === '' }}>
      <p className="warn-text">{guard}</p>
      <Form layout="vertical"><Form.Item label={t.override} htmlFor="override" extra={t.overrideHint}><Input.TextArea id="override" value={reason} onChange={(event) => setReason(event.target.value)} autoSize={{ minRows: 2 }} autoFocus maxLength={2000} /></Form.Item></Form>
      <ErrorBox error={error} />
    </Modal>
  )
}

function AssignDialog({ proposal, onClose }: { readonly proposal: Proposal; readonly onClose: () => void }) {
  const [officialId, setOfficial] = useState<string | null>(proposal.officialId)
  const action = useAction()
  const { message } = AntApp.useApp()
  const assign = async (): Promise<void> => {
    const answer = await action.run('proposals.assign', { id: proposal.id, officialId })
    if (!answer.ok) return
    message.success(t.assigned)
    onClose()
  }
  return (
    <Modal open title={t.assign} okText={t.assignVerb} cancelText={common.cancel} confirmLoading={action.busy} onCancel={onClose} onOk={() => void assign()} okButtonProps={{ disabled: officialId === null || officialId === proposal.officialId }}>
      <p className="soft">{proposal.unit}　{proposal.summary}</p>
      <Form layout="vertical"><Form.Item label={t.official} htmlFor="assign-official" extra={t.assignHint}><OfficialPicker id="assign-official" value={officialId} onChange={setOfficial} unitId={proposal.unitId} shownName={officialId === proposal.officialId ? proposal.official : null} /></Form.Item></Form>
      <ErrorBox error={action.error} />
    </Modal>
  )
}
