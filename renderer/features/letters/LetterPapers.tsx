/** The Word files of a letter, and printing. A letter made with the office's own template is printed from its Word file only. */
import { App as AntApp, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { printPaper, savePdf } from '../../api/print.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { lettersText as t } from '../../text/letters.ts'
import { minutesText } from '../../text/minutes.ts'
import type { Letter } from './LetterPage.tsx'

type Paper = 'letter' | 'deliveryReceipt' | 'replyForm' | 'minutes'

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
  const print = async (how: typeof printPaper): Promise<void> => {
    setBusy(true)
    const file = await call('letters.file', { id: letter.id, as: 'html' })
    const end = file.ok ? await how(file.value.file) : file
    setBusy(false)
    if (!end.ok) message.error(errorSentence(end.error))
  }
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items: [{ key: 'deliveryReceipt', label: t.receipt }, { key: 'replyForm', label: t.replyForm }, ...(letter.minutes === null && letter.type !== 'interview' ? [] : [{ key: 'minutes', label: letter.minutes === null ? minutesText.blank : minutesText.paper }])], onClick: ({ key }) => void save(key as Paper) }}>
        <Button>{t.papers}</Button>
      </Dropdown>
      {letter.ownTemplate ? null : (
        <>
          <Button loading={busy} onClick={() => void print(printPaper)}>{t.printPaper}</Button>
          <Button loading={busy} onClick={() => void print(savePdf)}>{t.savePdf}</Button>
        </>
      )}
      <Button loading={busy} onClick={() => void save('letter')}>{letter.ownTemplate ? t.printWord : t.openWord}</Button>
    </>
  )
}
