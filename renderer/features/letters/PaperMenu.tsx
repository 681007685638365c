/** A paper that is made of the record: as a Word file, to the printer, or as a PDF. */
import { App as AntApp, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { errorSentence } from '../../../shared/text/errors.ts'
import type { Result } from '../../../shared/result.ts'
import { saveFile } from '../../api/files.ts'
import { printPaper, savePdf } from '../../api/print.ts'
import { lettersText as t } from '../../text/letters.ts'

type Made = { readonly file: string; readonly name: string }
type PaperMenuProps = { readonly label: string; readonly make: (as: 'docx' | 'html') => Promise<Result<Made>>; readonly disabled?: boolean }

export function PaperMenu({ label, make, disabled = false }: PaperMenuProps) {
  const [busy, setBusy] = useState(false)
  const { message } = AntApp.useApp()
  const run = async (how: string): Promise<void> => {
    setBusy(true)
    const made = await make(how === 'docx' ? 'docx' : 'html')
    const end = !made.ok ? made : how === 'docx' ? await saveFile(made.value.file, made.value.name) : await (how === 'pdf' ? savePdf : printPaper)(made.value.file)
    setBusy(false)
    if (!end.ok) message.error(errorSentence(end.error))
  }
  return (
    <Dropdown trigger={['click']} disabled={disabled} menu={{ items: [{ key: 'docx', label: t.saveWord }, { key: 'print', label: t.printPaper }, { key: 'pdf', label: t.savePdf }], onClick: ({ key }) => void run(key) }}>
      <Button loading={busy}>{label}</Button>
    </Dropdown>
  )
}
