/** A paper as the backend draws it, scaled to the width that there is. The frame runs no script and reaches nothing; `allow-modals` is for printing it. */
import { useEffect, useRef, useState } from 'react'

/** CSS pixels of 210 mm. */
const paperWidth = 794
const paperHeight = 1123

function cspNonce(): string | null {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? null
}

/** On screen the sheets lie on the program's own ground; what is printed is the paper as it is. */
const onScreen = '<style>@media screen{html,body{background:transparent!important}.page{margin:0 auto 5mm!important}}</style>'

/** Lets the paper's own style sheet through the page's policy, which the frame inherits. */
export function withNonce(html: string): string {
  const nonce = cspNonce()
  return nonce === null ? html : html.replaceAll('<style', `<style nonce="${nonce}"`)
}

export function A4Page({ html, title, maxWidth = paperWidth }: { readonly html: string; readonly title: string; readonly maxWidth?: number }) {
  const box = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLIFrameElement>(null)
  const [width, setWidth] = useState(maxWidth)
  const [height, setHeight] = useState(paperHeight)
  const [natural, setNatural] = useState(paperWidth)
  useEffect(() => {
    const watched = box.current
    if (watched === null) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(Math.min(maxWidth, entry?.contentRect.width ?? maxWidth)))
    observer.observe(watched)
    return () => observer.disconnect()
  }, [maxWidth])
  const measure = (): void => {
    const page = frame.current?.contentDocument?.documentElement
    if (!page) return
    setNatural(Math.max(paperWidth, page.scrollWidth))
    setHeight(Math.max(paperHeight, page.scrollHeight))
  }
  const scale = width / natural
  return (
    <div ref={box} className="a4-box">
      <div className="a4-scaled" style={{ width, height: height * scale }}>
        <iframe ref={frame} title={title} sandbox="allow-same-origin allow-modals" srcDoc={withNonce(html.replace('</head>', `${onScreen}</head>`))} onLoad={measure} scrolling="no" style={{ width: natural, height, transform: `scale(${scale})` }} />
      </div>
    </div>
  )
}
