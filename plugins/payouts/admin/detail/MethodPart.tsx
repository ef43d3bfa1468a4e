import { AdminLink } from '../../../../src/admin/layout/AdminLink.tsx'
import { Facts } from '../../../../src/admin/layout/Facts.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { DeskDetail } from '../../../../src/payouts/desk/loadDeskDetail.ts'
import type { DeskScreen } from '../deskScreen.ts'
import { KIND_LABELS } from '../labels.ts'
import type { DetailProps } from './detailProps.ts'

/** The account that is paid, and other members with the same one. */
export const MethodPart = ({ detail, screen }: DetailProps) => {
  const { method, others, row } = detail
  const { times } = screen
  return (
    <section>
      <h3 className="t-h5 t-desk__title">Where it goes</h3>
      <Facts
        facts={[
          { name: KIND_LABELS[row.methodKind], value: row.display },
          {
            name: 'Name on the account',
            value: (
              <>
                {row.holderName} <StatusPill status={row.nameMatch} />
              </>
            ),
          },
          ...(method.bankName || method.bankCode
            ? [
                {
                  name: 'Bank',
                  value: [method.bankName, method.bankCode].filter(Boolean).join(', '),
                },
              ]
            : []),
          ...(method.product ? [{ name: 'Gift card', value: method.product }] : []),
          {
            name: 'Confirmed',
            value: `${times.day(row.methodSince)}${method.verifiedBy ? `, by ${method.verifiedBy}` : ''}`,
          },
          ...(method.status === 'active' ? [] : [{ name: 'Now', value: method.status }]),
        ]}
      />
      {others.length > 0 && <Others others={others} row={row} screen={screen} />}
    </section>
  )
}

const Others = ({
  others,
  row,
  screen: { admin, times },
}: Pick<DeskDetail, 'others' | 'row'> & { screen: DeskScreen }) => (
  <div className="t-desk__shared">
    <p>
      <Sign name="warning" />{' '}
      {row.otherMembers === 1
        ? '1 other member has the same account:'
        : `${row.otherMembers} other members have the same account:`}
    </p>
    <ul>
      {others.map(({ id, name, settledCount, since, status }) => (
        <li key={id}>
          <AdminLink href={`${admin}/collections/users/${id}`}>{name}</AdminLink>
          <span className="t-sub">
            since {times.day(since)}, {settledCount} settled
            {status === 'removed' && ', removed there'}
          </span>
        </li>
      ))}
    </ul>
  </div>
)
