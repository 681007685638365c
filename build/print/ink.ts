/** Pages as ink: reads the PPM that pdftoppm writes and tells where red and black stand, in millimetres from the top left. */

export type InkPage = {
  readonly width: number
  readonly height: number
  readonly perMm: number
  /** One sign a dot: 0 or a colour's. */
  readonly ink: Uint8Array
  /** 255 where a dot is white, red or yellow. */
  readonly green: Uint8Array
}
export type Colour = 'red' | 'black'
const signs = { black: 1, red: 2 } as const
export type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }

/** All pages of a stream of binary PPM images (P6, 8 bit). */
export function readPpm(bytes: Uint8Array, dpi: number): readonly InkPage[] {
  const pages: InkPage[] = []
  let at = 0
  while (at < bytes.length) {
    const head: string[] = []
    while (head.length < 4 && at < bytes.length) {
      let word = ''
      for (; at < bytes.length && (bytes[at] ?? 0) > 32; at += 1) word += String.fromCharCode(bytes[at] ?? 0)
      at += 1
      if (word !== '') head.push(word)
    }
    const [magic, width, height, most] = head
    if (magic !== 'P6' || most !== '255') throw new Error(`not a P6 image: ${head.join(' ')}`)
    const dots = Number(width) * Number(height)
    pages.push({ width: Number(width), height: Number(height), perMm: dpi / 25.4, ...signed(bytes.subarray(at, at + dots * 3), dots) })
    at += dots * 3
  }
  return pages
}

/** Half a dot's darkness counts as ink. The ruler scans each page some twenty times: colours are told once, and the rest of the picture is let go. */
function signed(rgb: Uint8Array, dots: number): Pick<InkPage, 'ink' | 'green'> {
  const [ink, green] = [new Uint8Array(dots), new Uint8Array(dots)]
  for (let dot = 0, at = 1; dot < dots; dot += 1, at += 3) {
    green[dot] = rgb[at]!
    // Most of a page is white.
    if (rgb[at]! < 128 && rgb[at + 1]! < 128) ink[dot] = rgb[at - 1]! < 128 ? signs.black : signs.red
  }
  return { ink, green }
}

const whole: Box = { left: 0, top: 0, right: Number.POSITIVE_INFINITY, bottom: Number.POSITIVE_INFINITY }

function area(page: InkPage, { left, right, top, bottom }: Box) {
  const clamp = (mm: number, most: number) => Math.max(0, Math.min(most, Math.round(mm * page.perMm)))
  return { x0: clamp(left, page.width), x1: clamp(right, page.width), y0: clamp(top, page.height), y1: clamp(bottom, page.height) }
}

/** Runs of rows that hold ink, each with its left and right edge; runs nearer than `join` mm are one. */
export function bands(page: InkPage, colour: Colour, within: Partial<Box> = {}, join = 0): readonly Box[] {
  const { x0, x1, y0, y1 } = area(page, { ...whole, ...within })
  const found: { left: number; right: number; top: number; bottom: number }[] = []
  for (let y = y0; y < y1; y += 1) {
    const row = page.ink.subarray(y * page.width + x0, y * page.width + x1)
    const first = row.indexOf(signs[colour])
    if (first < 0) continue
    const [left, right] = [x0 + first, x0 + row.lastIndexOf(signs[colour])]
    const last = found.at(-1)
    if (last && y - last.bottom <= join * page.perMm) {
      last.bottom = y + 1
      last.left = Math.min(last.left, left)
      last.right = Math.max(last.right, right + 1)
    } else found.push({ left, right: right + 1, top: y, bottom: y + 1 })
  }
  return found.map((box) => ({ left: box.left / page.perMm, right: box.right / page.perMm, top: box.top / page.perMm, bottom: box.bottom / page.perMm }))
}

/** Runs of columns with ink between two heights: the characters of a line of closed shapes. */
export function columns(page: InkPage, colour: Colour, within: Partial<Box>): number {
  const { x0, x1, y0, y1 } = area(page, { ...whole, ...within })
  let runs = 0
  let inside = false
  for (let x = x0; x < x1; x += 1) {
    let ink = false
    for (let y = y0; y < y1 && !ink; y += 1) ink = page.ink[y * page.width + x] === signs[colour]
    if (ink && !inside) runs += 1
    inside = ink
  }
  return runs
}

/** Thickness of a level rule in mm by its darkness, finer than a dot. */
export function weight(page: InkPage, rule: Box): number {
  const { x0, x1, y0, y1 } = area(page, { left: rule.left + 5, right: rule.left + 25, top: rule.top - 0.4, bottom: rule.bottom + 0.4 })
  let dark = 0
  for (let y = y0; y < y1; y += 1) for (let x = x0; x < x1; x += 1) dark += 255 - (page.green[y * page.width + x] ?? 255)
  return dark / 255 / Math.max(1, x1 - x0) / page.perMm
}
