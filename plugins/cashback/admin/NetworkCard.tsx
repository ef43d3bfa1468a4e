import { formatCount } from '../../../src/admin/format/counts.ts'
import { Facts } from '../../../src/admin/layout/Facts.tsx'
import { StatusPill } from '../../../src/admin/status/StatusPill.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import type { NetworkFigures } from './loadOverview.ts'
import { FreshBar } from './FreshBar.tsx'
import { NetworkActions } from './NetworkActions.tsx'
import { freshnessOf, keyWords, problemWords } from './networkWords.ts'
import { QuarantineLink } from './QuarantineLink.tsx'
import type { Screen } from './screen.ts'
import { WhatWaits } from './WhatWaits.tsx'

/** One network: how old what we know of it is, what came last, and what stands in the way. */
export const NetworkCard = ({ network, screen }: { network: NetworkFigures; screen: Screen }) => {
  const freshness = freshnessOf(network, screen.at)
  const { quarantined } = network
  const word = freshness === 'quarantined' ? `${formatCount(quarantined)} quarantined` : undefined
  return (
    <section aria-label={network.name} className="t-panel t-net">
      <div className="t-net__head">
        <h2 className="t-h4 t-cut" tabIndex={0} title={network.name}>
          {network.name}
        </h2>
        <StatusPill status={freshness} word={word ?? labelOf(freshness)} />
      </div>
      <FreshBar network={network} screen={screen} />
      <Facts facts={factsOf(network, screen)} />
      <Problem network={network} />
      <WhatWaits network={network} screen={screen} />
      <NetworkActions isBad={freshness === 'failing'} network={network} screen={screen} />
    </section>
  )
}

const factsOf = (network: NetworkFigures, { times }: Screen) => {
  const { changeWatermark, eventWatermark, lastRead, unattributed } = network
  const key = keyWords(network)
  const cursor = (at: string | null) => (at === null ? '—' : times.minute(at))
  const counts = lastRead && [lastRead.created, lastRead.changed, lastRead.same]
  return [
    { name: 'New · changed · same', value: counts?.map(formatCount).join(' · ') ?? '—' },
    { name: 'Cursor, new', value: cursor(eventWatermark) },
    { name: 'Cursor, changed', value: cursor(changeWatermark) },
    { name: 'Open without a click', value: formatCount(unattributed) },
    { name: 'Quarantined rows', value: <QuarantineLink network={network} /> },
    { name: 'API key', value: <span className={key.isBad ? 't-fail' : ''}>{key.words}</span> },
  ]
}

const Problem = ({ network }: { network: NetworkFigures }) => {
  const { isOn, problem, problemCode } = network
  if (problem === null || !isOn) return null
  const words = problemWords(problemCode)
  return (
    <p className="t-net__problem">
      {words && <span className="t-fail">{labelOf(words)}.</span>} {problem}
      {problemCode && <span className="t-code"> {problemCode}</span>}
    </p>
  )
}
