/** 通报: import, list, undo, reports. */
import { bulletinBoard, bulletinFile, getBulletin, listBulletins } from '../services/bulletins/list.ts'
import { getReport, listPeriods, listReports } from '../services/bulletins/reports.ts'
import { importResult, startImport } from '../services/bulletins/start-import.ts'
import { undoBulletin } from '../services/bulletins/undo.ts'
import type { HandlersOf } from './types.ts'

export const bulletinHandlers: HandlersOf<'bulletins' | 'reports'> = {
  'bulletins.import': startImport,
  'bulletins.importResult': importResult,
  'bulletins.list': listBulletins,
  'bulletins.get': getBulletin,
  'bulletins.undo': undoBulletin,
  'bulletins.file': bulletinFile,
  'bulletins.board': bulletinBoard,
  'reports.list': listReports,
  'reports.get': getReport,
  'reports.periods': listPeriods,
}
