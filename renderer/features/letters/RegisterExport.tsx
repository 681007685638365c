/** 台账 as a workbook or a Word table. */
import { App as AntApp, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { call } from '../../api/client.ts'
import { saveFile } from '../../api/files.ts'
import { errorSentence } from '../../../shared/text/errors.ts'
import { lettersText as t } from '../../text/letters.ts'

export function RegisterExport({ year, unitId }: { readonly year: number | null; readonly unitId: string | null }) {
  const [busy, setBusy] = useState(false)
  const { message } = AntApp.useApp()
  const save = async (as: 'xlsx' | 'docx'): Promise<void> => {
    setBusy(true)
    const file = await call('letters.register', { year, unitId, as })
    const saved = file.ok ? await saveFile(file.value.file, file.value.name) : file
    setBusy(false)
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  return (
    <Dropdown trigger={['click']} menu={{ items: [{ key: 'xlsx', label: t.registerXlsx }, { key: 'docx', label: t.registerDocx }], onClick: ({ key }) => void save(key === 'docx' ? 'docx' : 'xlsx') }}>
      <Button loading={busy}>{t.exportRegister}</Button>
    </Dropdown>
  )
}
