/** The department that a workbook names as its sender. */
import { halfWidth } from './clean.ts'

const ending = '(?:局|办公室|中心|委员会|分局|街道|街道办事处|人民政府|镇|专班|指挥部|组织部|宣传部|统战部|发改委|卫健委|纪委|政法委|办)'
const stated = /(?:填报|报送|制表|上报|报告|发布|来源|编制|通报)(?:单位|部门|机关)\s*:\s*([^\s:;,、。()]{2,30})/
const leading = new RegExp(`^([\\p{Script=Han}]{1,20}?${ending})(?=关于|(?:20)?\\d{2,4}年|\\d{1,2}月)`, 'u')
const alone = new RegExp(`^[\\p{Script=Han}]{1,20}${ending}$`, 'u')

/** Looks at the lines around the table, then the sheets' and the file's name: `填报单位：市商务局`, `市商务局2026年6月…`, `市商务局-6月.xlsx`. */
export function findSender(lines: readonly string[], names: readonly string[]): string | null {
  const texts = lines.map((line) => halfWidth(line).trim())
  for (const text of texts) {
    const found = stated.exec(text)
    if (found?.[1] !== undefined) return found[1]
  }
  for (const text of texts) {
    const found = leading.exec(text.replace(/\s/g, ''))
    if (found?.[1] !== undefined) return found[1]
  }
  for (const name of names) {
    for (const part of halfWidth(name).split(/[-_—.\s()[\]+]+/)) {
      if (alone.test(part)) return part
      const found = leading.exec(part)
      if (found?.[1] !== undefined) return found[1]
    }
  }
  return null
}
