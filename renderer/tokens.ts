/** One set of colours for light and dark: antd gets them as tokens, our own styles as `--dd-…` variables. Contrast of text ≥ 4.5 : 1 on every ground. */
export type Palette = {
  readonly ground: string
  readonly surface: string
  readonly raised: string
  readonly line: string
  readonly lineSoft: string
  readonly text: string
  readonly textSoft: string
  readonly textFaint: string
  readonly accent: string
  readonly accentHover: string
  readonly accentSoft: string
  readonly onAccent: string
  readonly red: string
  readonly redSoft: string
  readonly green: string
  readonly greenSoft: string
  readonly rowHover: string
  readonly nav: string
  readonly navActive: string
  /** Cells of the picture of the group: has all, lacks some, lacks much. */
  readonly stripFull: string
  readonly stripSome: string
  readonly stripMany: string
}

export const light: Palette = {
  ground: '#f3f5f7', surface: '#ffffff', raised: '#ffffff', line: '#d8dee5', lineSoft: '#e8ecf0', text: '#1d2733', textSoft: '#4c5967', textFaint: '#5f6b78',
  accent: '#1f5f8b', accentHover: '#174b70', accentSoft: '#e6f0f7', onAccent: '#ffffff', red: '#b3261e', redSoft: '#fbeceb', green: '#2b6e4a', greenSoft: '#e8f3ec', rowHover: '#f2f6fa',
  nav: '#e9edf1', navActive: '#ffffff', stripFull: '#d5dee6', stripSome: '#6fa3c8', stripMany: '#174b70',
}

export const dark: Palette = {
  ground: '#14181d', surface: '#1b2027', raised: '#232a33', line: '#36404c', lineSoft: '#2a323c', text: '#dfe5ec', textSoft: '#aab5c1', textFaint: '#a0acb8',
  accent: '#82c0ea', accentHover: '#a3d2f2', accentSoft: '#203447', onAccent: '#0e1a24', red: '#f08a80', redSoft: '#3b2322', green: '#7cc49c', greenSoft: '#1d3227', rowHover: '#222a33',
  nav: '#171c22', navActive: '#232b34', stripFull: '#34404c', stripSome: '#4f86ad', stripMany: '#a3d2f2',
}

export const fontFamily = "'Microsoft YaHei UI', 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'WenQuanYi Micro Hei', system-ui, sans-serif"
export const rowHeight = 36

/** `--dd-text-soft: …` for each colour. */
export function cssVariables(palette: Palette): readonly (readonly [string, string])[] {
  return Object.entries(palette).map(([name, value]) => [`--dd-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value] as const)
}
