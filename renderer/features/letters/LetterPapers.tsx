/** The Word files of a letter, and printing. */
import { App as AntApp, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { bridge, call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { lettersText as t } from '../../text/letters.ts'
import type { Letter } from './LetterPage.tsx'

type Paper = 'letter' | 'deliveryReceipt' | 'replyForm'

export function LetterPapers({ letter }: { readonly letter: Letter }) {
  const [busy, setBusy] = useState(false)
  const { message } = AntApp.useApp()
  const save = async (paper: Paper): Promise<void> => {
    setBusy(true)
    const file = await call('letters.file', { id: letter.id, paper })
    const saved = file.ok ? await saveFile(file.value.file, file.value.name) : file
    setBusy(false)
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  const print = async (): Promise<void> => {
    setBusy(true)
    const failed = await printLetter(letter.id)
    setBusy(false)
    if (failed !== null) message.error(failed)
  }
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items: [{ key: 'deliveryReceipt', label: t.receipt }, { key: 'replyForm', label: t.replyForm }], onClick: ({ key }) => void save(key as Paper) }}>
        <Button>{t.papers}</Button>
      </Dropdown>
      <Button loading={busy} onClick={() => void print()}>{t.printPaper}</Button>
      <Button loading={busy} onClick={() => void save('letter')}>{t.openWord}</Button>
    </>
  )
}

/** Prints the same page as the preview shows; the sentence of the failure, or null. */
async function printLetter(id: string): Promise<string | null> {
  const print = bridge()?.print
  if (print) {
    const file = await call('letters.file', { id, as: 'html' })
    if (!file.ok) return errorSentence(file.error)
    await print(file.value.file)
    return null
  }
  const frame = document.querySelector<HTMLIFrameElement>('.a4-box iframe')
  // The frame holds our own paper and runs no script; printing is asked for from outside.
  frame?.contentWindow?.print()
  return null
}
