/** Code pages for the library's reader of old workbooks, from the runtime's own tables instead of half a megabyte of copies. */

const LABELS: Readonly<Record<number, string>> = {
  874: 'windows-874', 932: 'shift_jis', 936: 'gb18030', 949: 'euc-kr', 950: 'big5', 1200: 'utf-16le', 1201: 'utf-16be',
  10000: 'macintosh', 10008: 'gb18030', 54936: 'gb18030', 65001: 'utf-8',
}

function decoder(codePage: number): TextDecoder {
  const label = LABELS[codePage] ?? (codePage >= 1250 && codePage <= 1258 ? `windows-${codePage}` : 'windows-1252')
  return new TextDecoder(label)
}

/** The shape that the library asks for. */
export const codePages = {
  utils: {
    hascp: (codePage: number): boolean => codePage in LABELS || (codePage >= 1250 && codePage <= 1258),
    decode: (codePage: number, data: Uint8Array | readonly number[] | string): string =>
      decoder(codePage).decode(typeof data === 'string' ? Buffer.from(data, 'latin1') : Uint8Array.from(data)),
    /** Only what the library writes itself: UTF-16 and single bytes. */
    encode: (codePage: number, text: string): Buffer => Buffer.from(text, codePage === 1200 ? 'utf16le' : codePage === 65001 ? 'utf8' : 'latin1'),
  },
}
