/** All machines in one picture: a row each, with a strip of what it has of every other one. */
import { useMemo } from 'react'
import type { Loaded } from '../../api/hooks.ts'
import type { PagedList } from '../../api/use-pages.ts'
import { DataGrid, type Column } from '../../components/DataGrid.tsx'
import { Shown } from '../../components/feedback.tsx'
import { StatusLight } from '../../components/StatusLight.tsx'
import { exchangeText as t } from '../../text/exchange.ts'
import { momentText, none } from '../../text/format.ts'
import { lightOf, stripText, type Partner, type Picture } from './partner-model.ts'

/** Pixels of the strip; a cell gets what there is, 3 to 14. */
const stripWidth = 520
const stripHeight = 16
const many = 10

export function PictureGrid({ partners, picture, onOpen }: { readonly partners: readonly Partner[]; readonly picture: Loaded<Picture>; readonly onOpen: (device: string) => void }) {
  return (
    <>
      <p className="soft picture-hint">{t.pictureHint}</p>
      <Legend />
      <Shown of={picture}>{(data) => <Rows partners={partners} picture={data} onOpen={onOpen} />}</Shown>
    </>
  )
}

function Rows({ partners, picture, onOpen }: { readonly partners: readonly Partner[]; readonly picture: Picture; readonly onOpen: (device: string) => void }) {
  const list = useMemo((): PagedList<Partner> => ({ pages: { turn: 1, items: inPicturesOrder(partners, picture), next: null, total: partners.length, loading: false, error: null }, more: () => undefined, retry: () => undefined }), [partners, picture])
  const columns = useMemo((): readonly Column<Partner>[] => [
    { key: 'name', title: t.pictureName, width: 'minmax(150px, 1fr)', render: (row) => row.name },
    { key: 'state', title: t.pictureState, width: '120px', render: (row) => <StatusLight {...lightOf(row)} /> },
    { key: 'sent', title: t.pictureSent, width: '136px', render: (row) => moment(row, row.lastSent) },
    { key: 'received', title: t.pictureReceived, width: '136px', render: (row) => moment(row, row.lastReceived) },
    { key: 'strip', title: t.pictureStrip, width: `${stripWidth + 16}px`, render: (row) => <Strip picture={picture} index={picture.machines.findIndex((one) => one.device === row.device)} /> },
  ], [picture])
  return <DataGrid label={t.picture} list={list} columns={columns} rowKey={(row) => row.device} onOpen={(row) => onOpen(row.device)} empty={null} />
}

const moment = (row: Partner, at: number | null): string => (row.revoked ? none : at === null ? t.never : momentText(at))

/** As the strip's cells stand, so that row and cell are found by the same place. */
function inPicturesOrder(partners: readonly Partner[], picture: Picture): readonly Partner[] {
  const place = new Map(picture.machines.map((machine, index) => [machine.device, index]))
  return [...partners].sort((a, b) => (place.get(a.device) ?? 0) - (place.get(b.device) ?? 0))
}

function cellClass(count: number): string {
  if (count < 0) return 'strip-out'
  return count === 0 ? 'strip-full' : count < many ? 'strip-some' : 'strip-many'
}

const cellText = (count: number): string => (count < 0 ? t.legendOut : count === 0 ? t.complete : t.lacking(count))

function Strip({ picture, index }: { readonly picture: Picture; readonly index: number }) {
  const row = picture.lacks[index]
  const size = Math.max(3, Math.min(14, Math.floor(stripWidth / Math.max(1, picture.machines.length))))
  const gap = size > 5 ? 2 : 1
  const width = size * picture.machines.length
  return (
    <svg className="strip" role="img" aria-label={stripText(picture, index)} width={Math.min(width, stripWidth)} height={stripHeight} viewBox={`0 0 ${width} ${stripHeight}`} preserveAspectRatio="none">
      {picture.machines.map((machine, at) => {
        const mark = at === index ? 'strip-self' : row ? cellClass(row[at] ?? 0) : 'strip-unknown'
        return (
          <rect key={machine.device} className={mark} {...markPlace(mark, at * size, size - gap, stripHeight)}>
            <title>{at === index ? t.legendSelf : row ? t.cellTitle(machine.self ? t.thisMachine : machine.name, cellText(row[at] ?? 0)) : t.stripUnknown}</title>
          </rect>
        )
      })}
    </svg>
  )
}

type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** Shapes, and not shades alone: what is not for a machine to see is a dot, the machine itself a bar, everything else a cell. */
function markPlace(mark: string, x: number, width: number, height: number): Place {
  if (mark === 'strip-self') return { x, y: (height - 4) / 2, width, height: 4 }
  if (mark !== 'strip-out') return { x, y: 1, width, height: height - 2 }
  const dot = Math.min(4, width)
  return { x: x + (width - dot) / 2, y: (height - dot) / 2, width: dot, height: dot }
}

const legend = [['strip-full', t.legendFull], ['strip-some', t.legendSome], ['strip-many', t.legendMany], ['strip-unknown', t.legendUnknown], ['strip-out', t.legendOut], ['strip-self', t.legendSelf]] as const

function Legend() {
  return (
    <ul className="legend" aria-label={t.legendLabel}>
      {legend.map(([className, text]) => (
        <li key={className}><svg width="13" height="14" aria-hidden="true"><rect className={className} {...markPlace(className, 0.5, 12, 14)} /></svg>{text}</li>
      ))}
    </ul>
  )
}
