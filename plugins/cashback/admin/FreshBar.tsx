import { whenWords } from '../../../src/admin/format/whenWords.ts'
import type { NetworkFigures } from './loadOverview.ts'
import { ageOf, shortAge } from './networkWords.ts'
import type { Screen } from './screen.ts'

/** How old the last good read is, as a bar of how old it may be. */
export const FreshBar = ({ network, screen }: { network: NetworkFigures; screen: Screen }) => {
  const { at, times } = screen
  const age = ageOf(network, at)
  if (!age || network.syncedAt === null) {
    return (
      <div>
        <p className="t-net__age">
          <span>Never read</span>
        </p>
        <p className="t-sub">
          {network.isOn ? 'Its first read fills this card.' : 'It is switched off.'}
        </p>
      </div>
    )
  }
  return (
    <div>
      <p className="t-net__age">
        <span>Synced {shortAge(network.syncedAt, at)} ago</span>
        <span className="t-muted">
          {whenWords(network.syncedAt, { now: at, timeZone: times.timeZone })} {times.zone}
        </span>
      </p>
      <div aria-label={age.words} className="t-fresh" role="img">
        <i
          className={age.isLate ? 'is-late' : undefined}
          style={{ width: `${Math.max(2, Math.round(age.share * 100))}%` }}
        />
      </div>
      <p className="t-sub">{age.words}</p>
    </div>
  )
}
