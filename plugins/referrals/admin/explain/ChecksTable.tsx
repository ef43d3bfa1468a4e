import { Scroll } from '../../../../src/admin/layout/Scroll.tsx'
import { SectionHead } from '../../../../src/admin/layout/SectionHead.tsx'
import { Sign } from '../../../../src/admin/status/Sign.tsx'
import { StatusPill } from '../../../../src/admin/status/StatusPill.tsx'
import type { Check } from '../../../../src/domain/referrals/commission.ts'
import { CHECK_NOTES, CHECK_WORDS } from './checkWords.ts'

/** The checks in the order they ran, each with what it saw. A failure stands out; a pass does not. */
export const ChecksTable = ({ checks, decidedAt }: { checks: Check[]; decidedAt: string }) => (
  <>
    <SectionHead note={`Decided once, ${decidedAt}, with the completion`}>
      {summaryOf(checks)}
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
        {CHECK_WORDS[check.name]}
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

const summaryOf = (checks: Check[]): string => {
  const passed = checks.filter((check) => check.passed).length
  const failed = checks.filter((check) => check.passed === false).length
  if (failed === 0) return `${passed} of ${checks.length} checks passed`
  return `${passed} passed, ${failed} failed, ${checks.length - passed - failed} not reached`
}
