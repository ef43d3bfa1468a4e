import { formatCount } from '../../../../src/admin/format/counts.ts'
import { timesIn } from '../../../../src/admin/format/times.ts'
import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import { formatMoney } from '../../../../src/domain/money.ts'
import type { BatchRow } from '../../../../src/payouts/desk/listBatches.ts'
import type { DeskScreen } from '../deskScreen.ts'

type Props = { api: string; batches: BatchRow[]; screen: DeskScreen }

/** Days of payment are calendar days, independent of the viewer's zone. */
const { day } = timesIn('UTC')

/** The bank files with what the bank answered. */
export const BatchesTable = ({ api, batches, screen }: Props) => (
  <Scroll label="Bank files">
    <table className="t-table t-desk__batches">
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col">Made</th>
          <th scope="col">Pay day</th>
          <th className="t-num" scope="col">
            Total
          </th>
          <th scope="col">Answered</th>
          <th aria-label="Download" scope="col" />
        </tr>
      </thead>
      <tbody>
        {batches.map((batch) => (
          <Row api={api} batch={batch} key={batch.id} screen={screen} />
        ))}
      </tbody>
    </table>
  </Scroll>
)

const Row = ({ api, batch, screen }: Omit<Props, 'batches'> & { batch: BatchRow }) => {
  const { count, createdAt, createdBy, currency, id, reference, sha256, totalMinor } = batch
  const { admin, mayAct, times } = screen
  return (
    <tr>
      <td>
        <AdminLink href={`${admin}/collections/payout-batches/${id}`}>
          <span className="t-code">{reference}</span>
        </AdminLink>
        <span className="t-sub">{batch.bankProfile}</span>
        <span className="t-sub t-desk__key">{batch.fileName}</span>
      </td>
      <td>
        {createdBy ?? 'the command line'}
        <span className="t-sub">{times.minute(createdAt)}</span>
      </td>
      <td className="t-nowrap">{day(`${batch.payDate}T00:00:00Z`)}</td>
      <td className="t-num">
        <span className="t-strong">{formatMoney(totalMinor, currency)}</span>
        <span className="t-sub">{formatCount(count)} payments</span>
      </td>
      <td>
        <Answers batch={batch} />
      </td>
      <td>
        {mayAct && (
          <a className="t-button" download href={`${api}/payout-batches/${id}/file`}>
            <Sign name="download" size={14} />
            Download<span className="t-hidden"> {reference}</span>
          </a>
        )}
        <span className="t-sub">
          {batch.downloadedAt ? `first ${times.moment(batch.downloadedAt)}` : 'not downloaded yet'}
        </span>
        {sha256 && <Hash sha256={sha256} />}
      </td>
    </tr>
  )
}

const Answers = ({ batch }: { batch: BatchRow }) => {
  const { count, failed, returned, settled, status } = batch
  const parts = [
    settled > 0 && `${formatCount(settled)} paid`,
    failed > 0 && `${formatCount(failed)} failed`,
    returned > 0 && `${formatCount(returned)} returned`,
  ].filter((part) => part !== false)
  return (
    <>
      <StatusPill status={status} /> {formatCount(settled + failed + returned)} of{' '}
      {formatCount(count)}
      {parts.length > 0 && <span className="t-sub">{parts.join(', ')}</span>}
    </>
  )
}

const Hash = ({ sha256 }: { sha256: string }) => (
  <details className="t-desk__hash">
    <summary>SHA-256</summary>
    <span className="t-code t-desk__key">{sha256}</span>
  </details>
)
