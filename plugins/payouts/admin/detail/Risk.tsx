import { Sign } from '../../../../src/admin/status/Sign.tsx'
import type { DeskDetail } from '../../../../src/payouts/desk/loadDeskDetail.ts'
import { RiskPill } from '../RiskPill.tsx'

/** The reasons of the risk with their points, and what blocks the withdrawal. */
export const Risk = ({ detail: { assessment } }: { detail: DeskDetail }) => {
  const { notes, reasons } = assessment
  const blocks = notes.filter(({ tone }) => tone === 'blocked')
  return (
    <section>
      <h3 className="t-h5 t-desk__title">
        Why this risk <RiskPill assessment={assessment} />
      </h3>
      <ul className="t-desk__points">
        {blocks.map(({ text }) => (
          <li className="t-fail" key={text}>
            <span>
              <Sign name="cross" size={14} /> {text}
            </span>
          </li>
        ))}
        {reasons.map(({ code, points, words }) => (
          <li key={code}>
            <span>
              <Sign name="warning" size={14} /> {words}
            </span>
            <span className="t-num t-muted">+{points}</span>
          </li>
        ))}
        {reasons.length === 0 && (
          <li>
            <span>
              <Sign name="check" size={14} /> Nothing stands out
            </span>
          </li>
        )}
      </ul>
    </section>
  )
}
