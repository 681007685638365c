/** The import goes on while the person looks at other pages: the desk stands above them, in the frame. */
import { createContext, useContext } from 'react'
import type { ImportDesk } from './use-import.ts'

export const ImportDeskContext = createContext<ImportDesk | null>(null)

export function useImportDesk(): ImportDesk {
  const desk = useContext(ImportDeskContext)
  if (desk === null) throw new Error('the import desk stands in Shell')
  return desk
}
