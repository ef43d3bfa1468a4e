import { ActionButton } from '../../../src/admin/actions/ActionButton.tsx'
import type { NetworkFigures } from './loadOverview.ts'
import type { Screen } from './screen.ts'

/** Reads what a network told before once more, from our own copies. */
export const ReplayPages = ({
  isWaiting,
  network: { id, name },
  screen,
}: {
  isWaiting: boolean
  network: NetworkFigures
  screen: Screen
}) => (
  <ActionButton
    body={{ mode: 'replay' }}
    confirmLabel="Read them again"
    done={`The stored pages of ${name} were asked for; a worker takes them.`}
    heading={`Read the stored pages of ${name} again?`}
    isDisabled={isWaiting}
    label="Read stored pages again…"
    onDone={screen.onDone}
    path={`/networks/${id}/sync`}
    size="small"
    slug={`replay-${id}`}
    style="transparent"
  >
    <p>
      Everything it ever told is read again from our own copies, such as after a mistake of reading
      was mended. The network is not asked.
    </p>
    <p className="t-muted">What is as it should be stays as it is: nobody is paid twice.</p>
  </ActionButton>
)
