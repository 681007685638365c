/** Words of the cover list of a batch, and the names of its files. */
import type { CoverTexts } from './merged-pages.ts'

export function batchTexts(organ: string, day: string, count: number): CoverTexts {
  return { title: '函件打印清单', about: `${organ}　${day}　共${count}件`, head: ['序号', '文号', '类型', '单位', '姓名', '页数'], apart: '另打', apartNote: '注“另打”的函件用本单位模板，不在本文件内，请用 Word 或 WPS 打开各自的文件打印。' }
}

export const batchFile = (day: string, count: number): string => `函件-${day}-${count}件`
export const pagesFile = (day: string, count: number): string => `函件打印-${day}-${count}件`
