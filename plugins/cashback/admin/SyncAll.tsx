import { ActNow } from '../../../src/admin/actions/ActNow.tsx'
import { nextRunWords } from '../../../src/admin/format/nextRunWords.ts'
import type { NetworksOverview } from './loadOverview.ts'
import type { Screen } from './screen.ts'

/** When all networks are read next by themselves, and a button for now. */
export const SyncAll = ({
  overview: { networks, nextRunAt },
  screen,
}: {
  overview: NetworksOverview
  screen: Screen
}) => {
  const { at, onDone, times, viewer } = screen
  const isAnyOn = networks.some(({ isOn }) => isOn)
  return (
    <>
      {nextRunAt && (
        <span className="t-muted">
          Next run: {nextRunWords(nextRunAt, { now: at, timeZone: times.timeZone })}
        </span>
      )}
      {viewer.mayAct && (
        <ActNow
          done="Asked for: a worker takes what did not wait already."
          isDisabled={!isAnyOn}
          label="Sync all now"
          name="Sync all networks now"
          onDone={onDone}
          path="/networks/sync"
        />
      )}
    </>
  )
}
