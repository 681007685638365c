/** One report with everything that was ever reported for it, and where it stands in which file. */
import { useCall } from '../../api/hooks.ts'
import { DisputedRow } from '../../components/DisputedMark.tsx'
import { Shown } from '../../components/feedback.tsx'
import { Fields, LinkButton, PageHeader, Panel } from '../../components/layout.tsx'
import { navigate } from '../../state/route.ts'
import { bulletinsText as t } from '../../text/bulletins.ts'
import { common } from '../../text/common.ts'
import { filledFigures } from '../../text/figures.ts'
import { momentText, none, periodText, sourceText } from '../../text/format.ts'
import { kindLabel } from '../../text/labels.ts'

export function ReportPage({ id }: { readonly id: string }) {
  const report = useCall('reports.get', { id })
  return (
    <div className="page-scroll">
      <PageHeader title={t.reportTitle} hint={<DisputedRow id={id} />} back={() => history.back()} />
      <Shown of={report}>
        {({ current, versions }) => (
          <>
            <Panel>
              <Fields
                items={[
                  { label: common.kind, value: kindLabel(current.kind) }, { label: common.period, value: periodText(current.period) },
                  { label: common.unit, value: <LinkButton onClick={() => navigate(['units', current.unitId])}>{current.unit}</LinkButton> },
                  { label: common.official, value: current.officialId ? <LinkButton onClick={() => navigate(['officials', current.officialId ?? ''])}>{current.official}</LinkButton> : none },
                  current.item === null || Object.values(current.figures).includes(current.item) ? null : { label: t.item, value: current.item, wide: true },
                  ...filledFigures(current).map(({ label, text }) => ({ label, value: text })),
                  current.remark ? { label: t.remark, value: current.remark, wide: true } : null,
                ]}
              />
            </Panel>
            <Panel title={t.versions}>
              <table className="table">
                <thead><tr><th>{t.versionHead}</th><th>{t.figures}</th><th>{t.sourceFile}</th><th>{t.sourceCell}</th><th>{t.at}</th><th>{t.author}</th></tr></thead>
                <tbody>
                  {versions.map((version) => (
                    <tr key={version.version}>
                      <td>{t.version(version.version)}{version.version === current.version ? `（${t.current}）` : ''}</td>
                      <td className="cell-text">{filledFigures(version).map(({ label, text }) => `${label} ${text}`).join('，')}</td>
                      <td className="cell-text">{version.fileName ?? none}</td>
                      <td>{sourceText(version.sheet, version.sheetRow)}</td>
                      <td>{momentText(version.at)}</td>
                      <td>{version.author}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
          </>
        )}
      </Shown>
    </div>
  )
}
