/** Asks before a form with changes is left: by a link, back, or closing the window. */
import { App as AntApp } from 'antd'
import { useEffect } from 'react'
import { setGuard } from '../state/route.ts'
import { common } from '../text/common.ts'

export function useUnsaved(dirty: boolean): void {
  const { modal } = AntApp.useApp()
  useEffect(() => {
    if (!dirty) return undefined
    setGuard(async () => await modal.confirm({ title: common.unsavedTitle, content: common.unsavedBody, okText: common.leave, cancelText: common.stay }))
    const onClose = (event: BeforeUnloadEvent): void => event.preventDefault()
    window.addEventListener('beforeunload', onClose)
    return () => {
      setGuard(null)
      window.removeEventListener('beforeunload', onClose)
    }
  }, [dirty, modal])
}
