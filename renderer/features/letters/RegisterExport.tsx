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
  const save = async (as: 'xlsx' | 'docx', size: 'A4' | 'A3' | null): Promise<void> => {
    setBusy(true)
    const file = await call('letters.register', { year, unitId, as, size })
    const saved = file.ok ? await saveFile(file.value.file, file.value.name) : file
    setBusy(false)
    if (!saved.ok) message.error(errorSentence(saved.error))
  }
  return (
    <Dropdown trigger={['click']} menu={{ items: [{ key: 'xlsx', label: t.registerXlsx }, { key: 'A4', label: t.registerDocx('A4') }, { key: 'A3', label: t.registerDocx('A3') }], onClick: ({ key }) => void (key === 'A4' || key === 'A3' ? save('docx', key) : save('xlsx', null)) }}>
      <Button loading={busy}>{t.exportRegister}</Button>
    </Dropdown>
  )
}
