import { formatCount } from '../../../../src/admin/format/counts.ts'
import { Facts } from '../../../../src/admin/layout/Facts.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { AttemptDetail } from '../../../../src/payouts/desk/loadDeskDetail.ts'
import { describeReport } from '../describeReport.ts'
import type { DeskScreen } from '../deskScreen.ts'
import type { DetailProps } from './detailProps.ts'

/** The attempts to pay it, the latest first, with the provider's words. */
export const Attempts = ({ detail: { attempts }, screen }: DetailProps) =>
  attempts.length === 0 ? null : (
    <section>
      <h3 className="t-h5 t-desk__title">Attempts</h3>
      {attempts.map((attempt) => (
        <Attempt attempt={attempt} key={attempt.key} screen={screen} />
      ))}
    </section>
  )

const Attempt = ({
  attempt,
  screen: { times },
}: {
  attempt: AttemptDetail
  screen: DeskScreen
}) => {
  const { batch, bankReference, createdAt, driver, key, lateReason, lateStatus, lookCount } =
    attempt
  const words = describeReport(attempt)
  const fact = (name: string, value: string | null) => (value ? [{ name, value }] : [])
  const at = (name: string, instant: string | null) => fact(name, instant && times.minute(instant))
  return (
    <div className="t-desk__attempt">
      <p>
        <b>{attempt.number}.</b> {driver} <StatusPill status={attempt.status} />{' '}
        {lateStatus && <StatusPill status="late" word={LATE[lateStatus]} />}
      </p>
      {words && <p className="t-quote">{words}</p>}
      <Facts
        facts={[
          ...at('Made', createdAt),
          ...at('In doubt since', attempt.inDoubtSince),
          ...at('Paid', attempt.settledAt),
          ...at('Failed', attempt.failedAt),
          ...at('Returned', attempt.returnedAt),
          ...at('Reported as paid late', attempt.lateAt),
          ...fact(
            'Answered',
            lateReason && `${lateReason} (${attempt.lateAnsweredBy ?? 'a former colleague'})`,
          ),
          ...fact('Bank file', batch),
          ...fact('Provider’s id', attempt.providerId),
          ...fact('Bank’s reference', bankReference),
          ...fact('Look-ups', lookCount > 0 ? formatCount(lookCount) : null),
          ...at('Next look-up', attempt.nextLookAt),
        ]}
      />
      <p className="t-foot t-code t-desk__key">{key}</p>
    </div>
  )
}

const LATE = {
  open: 'Reported as paid: answer it',
  paid: 'Found paid',
  'not-paid': 'Found not paid',
} as const
