/** Figures as they stand in a sentence. */

/** Figures with their units as they stand in a text, each once, in order; years and dates are no figures. */
export function figuresIn(text: string): readonly string[] {
  const bare = text.replaceAll(/\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{4}-\d{2}(?:-\d{2})?|\d{1,2}月(?:\d{1,2}日|底|末|初)?/gu, ' ')
  const found = bare.match(/\d[\d,]*(?:\.\d+)?\s?(?:个百分点|平方米|平方公里|公里|微克\/立方米|万元|亿元|万亩|元|%|％|个|家|件|次|名|人|天|户|亩|吨|分|位)?/gu) ?? []
  return [...new Set(found.map((one) => one.trim()))]
}
