import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { Check, SkipReason } from '../../../../src/domain/referrals/commission.ts'

/** The checks in their order, each with the checked value. A failed check is highlighted. */
export const ChecksTable = ({ checks, decidedAt }: { checks: Check[]; decidedAt: string }) => (
  <>
    <SectionHead note={`Decided once, ${decidedAt}, with the completion`}>
      {formatSummary(checks)}
    </SectionHead>
    <Scroll label="Checks in the order they ran">
      <table className="t-table t-checks">
        <thead>
          <tr>
            <th className="t-num">#</th>
            <th>Check</th>
            <th>Value at the time</th>
            <th>Result</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check, index) => (
            <CheckRow check={check} key={check.name} position={index + 1} />
          ))}
        </tbody>
      </table>
    </Scroll>
  </>
)

const CheckRow = ({ check, position }: { check: Check; position: number }) => {
  const isFailed = check.passed === false
  return (
    <tr className={isFailed ? 'is-failed' : check.passed ? undefined : 'is-idle'}>
      <td className="t-num">{position}</td>
      <td>
        {CHECK_LABELS[check.name]}
        {isFailed && <span className="t-sub t-code">{check.name}</span>}
      </td>
      <td>
        {check.value ?? '—'}
        {isFailed && CHECK_NOTES[check.name] && (
          <span className="t-sub">{CHECK_NOTES[check.name]}</span>
        )}
      </td>
      <td>
        <Result passed={check.passed} />
      </td>
    </tr>
  )
}

const Result = ({ passed }: { passed: boolean | null }) => {
  if (passed === false) return <StatusPill status="failed" />
  return (
    <span className={passed ? 't-pass' : 't-idle'}>
      <Sign name={passed ? 'check' : 'dash'} size={14} />
      {passed ? 'Passed' : 'Not reached'}
    </span>
  )
}

const formatSummary = (checks: Check[]): string => {
  const passed = checks.filter((check) => check.passed).length
  const failed = checks.filter((check) => check.passed === false).length
  if (failed === 0) return `${passed} of ${checks.length} checks passed`
  return `${passed} passed, ${failed} failed, ${checks.length - passed - failed} not reached`
}

/** The condition of each check, as it reads when it passes. */
const CHECK_LABELS: Record<SkipReason, string> = {
  'program-disabled': 'Programme is switched on',
  'no-referrer': 'Payer has a referrer',
  'self-referral': 'Referrer is another person',
  'same-email': 'E-mail addresses differ',
  'same-phone': 'Phone numbers differ',
  'not-confirmed': 'Both people are confirmed',
  'referral-loop': 'No referral loop',
  'referrer-inactive': 'Referrer takes part',
  'duration-ended': 'Within the duration',
  'currency-not-configured': 'Currency is configured',
  'below-minimum': 'At or above the minimum',
  'rounds-to-zero': 'Rounds above zero',
}

/** How a value was compared, where the value alone does not show it. */
const CHECK_NOTES: Partial<Record<SkipReason, string>> = {
  'same-email':
    'all addresses the accounts ever had, compared without case, tags and what the provider ignores',
  'same-phone': 'all numbers the accounts ever had, compared in international form',
  'not-confirmed': 'a confirmed e-mail address or phone number each',
}
