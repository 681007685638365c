/** A stored scan as a link that saves it; one whose bytes are still on another machine says so. */
import { App as AntApp } from 'antd'
import { errorSentence } from '../../../shared/text/errors.ts'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { LinkButton } from '../../components/layout.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { sizeText } from '../../text/format.ts'
import { lettersText as t } from '../../text/letters.ts'
import type { Letter } from './LetterPage.tsx'

export function ScanLink({ scan }: { readonly scan: Letter['replies'][number]['scans'][number] }) {
  const { message } = AntApp.useApp()
  const save = async (): Promise<void> => {
    const file = await call('attachments.file', { id: scan.id })
    const saved = file.ok ? await saveFile(file.value.file, file.value.name) : file
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  if (scan.missing) return <p><StatusLight tone="alert" text={`${t.missingScan}：${scan.fileName}`} /></p>
  return <p><LinkButton onClick={() => void save()}>{scan.fileName}</LinkButton> <span className="soft">{sizeText(scan.size)}</span></p>
}
