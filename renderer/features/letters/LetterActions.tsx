/** The steps that the backend allows now, as buttons in the order of a letter's life; the next one is the main one. */
import { App as AntApp, Button } from 'antd'
import { useState } from 'react'
import type { EntryName } from '../../../shared/contract/entries.ts'
import { useAction } from '../../api/hooks.ts'
import { ErrorBox } from '../../components/feedback.tsx'
import { EntryButton } from '../../components/layout.tsx'
import { ReasonDialog } from '../../components/ReasonDialog.tsx'
import { navigate } from '../../state/route.ts'
import { lettersText as t } from '../../text/letters.ts'
import { minutesText } from '../../text/minutes.ts'
import { rechecksText } from '../../text/rechecks.ts'
import { DeliverDialog } from './DeliverDialog.tsx'
import { IssueLetters } from './IssueLetters.tsx'
import { JudgeDialog } from './JudgeDialog.tsx'
import type { Letter } from './LetterPage.tsx'
import { MinutesDialog } from './MinutesDialog.tsx'
import { AskRecheckDialog, DecideRecheckDialog } from './RecheckDialogs.tsx'
import { awaitsClearing } from './recheck-model.ts'
import { ReplyDialog } from './ReplyDialog.tsx'
import { CloseDialog, ExtendDialog, VoidDialog } from './StepDialogs.tsx'

type Step = Letter['allowed'][number]
type DialogName = 'discard' | 'sendBack' | 'issue' | 'deliver' | 'extend' | 'reply' | 'judge' | 'close' | 'minutes' | 'void' | 'askRecheck' | 'decideRecheck'

/** In the order of the work. */
const order: readonly Step[] = ['submit', 'check', 'issue', 'print', 'deliver', 'minutes', 'reply', 'judge', 'close', 'decideRecheck', 'edit', 'extend', 'askRecheck', 'escalate', 'clarify', 'void', 'discard']
/** What the letter waits for: its main button. */
const awaited: Readonly<Record<Letter['state'], Step | null>> = {
  draft: 'submit', returned: 'edit', checking: 'check', checked: 'issue', issued: 'deliver', awaiting: 'reply', replied: 'judge', supplement: 'reply', rejected: 'escalate', accepted: 'close', closed: null, void: null,
}
const words: Readonly<Record<Step, string>> = {
  submit: t.submit, check: t.pass, issue: t.issue, print: t.print, deliver: t.deliver, reply: t.reply, judge: t.judge, close: t.close, edit: t.edit, extend: t.extend, escalate: t.escalate, clarify: t.clarify, void: t.void, discard: t.discard, minutes: minutesText.action, askRecheck: rechecksText.ask, decideRecheck: rechecksText.decide,
}
const entryOf: Readonly<Record<Step, EntryName>> = {
  submit: 'letters.submit', check: 'letters.check', issue: 'letters.issue', print: 'letters.printed', deliver: 'letters.deliver', reply: 'letters.reply', judge: 'letters.judge', close: 'letters.close', edit: 'letters.edit', extend: 'letters.extend',
  escalate: 'letters.compose', clarify: 'letters.compose', void: 'letters.void', discard: 'letters.discard', minutes: 'letters.minutes', askRecheck: 'letters.askRecheck', decideRecheck: 'letters.decideRecheck',
}

/** A decision of 复核 that this person may take goes before the letter's own next step; a 撤销 by 复核 is told to the addressee. */
function nextOf(letter: Letter): Step | null {
  if (letter.allowed.includes('decideRecheck')) return 'decideRecheck'
  return awaitsClearing(letter) ? 'clarify' : awaited[letter.state]
}

export function LetterActions({ letter, onEdit }: { readonly letter: Letter; readonly onEdit: () => void }) {
  const [dialog, setDialog] = useState<DialogName | null>(null)
  const action = useAction()
  const { message } = AntApp.useApp()
  const steps = order.filter((step) => letter.allowed.includes(step))
  const first = nextOf(letter)
  const close = (): void => {
    action.clear()
    setDialog(null)
  }
  const done = (word: string) => (): void => {
    message.success(word)
    close()
  }
  const quick = async (step: 'submit' | 'check' | 'print'): Promise<void> => {
    const ids = [letter.id]
    const answer = step === 'submit' ? await action.run('letters.submit', { ids }) : step === 'check' ? await action.run('letters.check', { ids, pass: true }) : await action.run('letters.printed', { ids })
    if (answer.ok) message.success(step === 'submit' ? t.submitted(1) : step === 'check' ? t.passed(1) : t.printed)
  }
  const press = (step: Step): void => {
    if (step === 'edit') onEdit()
    else if (step === 'submit' || step === 'check' || step === 'print') void quick(step)
    else if (step === 'clarify') navigate(['letters', 'new'], { type: 'clarification', earlier: letter.id })
    else if (step === 'escalate') navigate(['letters', 'new'], { earlier: letter.id })
    else setDialog(step)
  }
  const withReason = async (which: 'discard' | 'sendBack', reason: string): Promise<void> => {
    const answer = which === 'discard' ? await action.run('letters.discard', { id: letter.id, reason }) : await action.run('letters.check', { ids: [letter.id], pass: false, note: reason })
    if (!answer.ok) return
    done(which === 'discard' ? t.discarded : t.sentBack(1))()
    if (which === 'discard') navigate(['letters'])
  }
  return (
    <div className="steps">
      {steps.map((step) => (
        <EntryButton key={step} entry={entryOf[step]} type={step === first ? 'primary' : 'default'} danger={step === 'void' || step === 'discard'} loading={action.busy && dialog === null && step === first} onClick={() => press(step)}>{words[step]}</EntryButton>
      ))}
      {steps.includes('check') ? <Button onClick={() => setDialog('sendBack')}>{t.sendBack}</Button> : null}
      {dialog === null ? <ErrorBox error={action.error} /> : null}
      {dialog === 'discard' || dialog === 'sendBack' ? <ReasonDialog title={dialog === 'discard' ? t.discardTitle : t.sendBackTitle(1)} verb={dialog === 'discard' ? t.discard : t.sendBack} danger={dialog === 'discard'} busy={action.busy} error={action.error} onCancel={close} onReason={(reason) => void withReason(dialog, reason)} /> : null}
      {dialog === 'issue' ? <IssueLetters ids={[letter.id]} onClose={close} onDone={close} /> : null}
      {dialog === 'deliver' ? <DeliverDialog letter={letter} onClose={close} onDone={done(t.deliveryNoted)} /> : null}
      {dialog === 'reply' ? <ReplyDialog letter={letter} onClose={close} onDone={done(t.replied)} /> : null}
      {dialog === 'judge' ? <JudgeDialog letter={letter} onClose={close} onDone={done(t.judged)} /> : null}
      {dialog === 'extend' ? <ExtendDialog letter={letter} onClose={close} onDone={done(t.extended)} /> : null}
      {dialog === 'close' ? <CloseDialog letter={letter} onClose={close} onDone={done(t.closed)} /> : null}
      {dialog === 'minutes' ? <MinutesDialog letter={letter} onClose={close} onDone={done(minutesText.saved)} /> : null}
      {dialog === 'askRecheck' ? <AskRecheckDialog letter={letter} onClose={close} onDone={done(rechecksText.asked)} /> : null}
      {dialog === 'decideRecheck' ? <DecideRecheckDialog letter={letter} onClose={close} onDone={done(rechecksText.decided)} /> : null}
      {dialog === 'void' ? <VoidDialog letter={letter} onClose={close} onDone={done(t.voided)} /> : null}
    </div>
  )
}
