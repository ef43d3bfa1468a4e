import { ActionButton } from '../../../src/admin/actions/ActionButton.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import type { Lane } from '../../../src/messaging/types.ts'
import { ActNow } from '../../../src/admin/actions/ActNow.tsx'

/** Lets a lane rest, after a question, or go on, at once. */
export const LaneSwitch = ({
  isPaused,
  lane,
  onDone,
}: {
  isPaused: boolean
  lane: Lane
  onDone: () => void
}) => {
  const name = labelOf(lane)
  if (isPaused) {
    return (
      <ActNow
        done={`${name} goes on.`}
        label="Resume"
        name={`Resume ${name}`}
        onDone={onDone}
        path={`/v1/queue/lanes/${lane}/resume`}
      />
    )
  }
  return (
    <ActionButton
      confirmLabel={`Pause ${name}`}
      done={`${name} is paused.`}
      heading={`Pause ${name}?`}
      label="Pause…"
      onDone={onDone}
      path={`/v1/queue/lanes/${lane}/pause`}
      size="small"
      slug={`pause-${lane}`}
    >
      <p>{WORDS[lane]}</p>
      <p className="t-muted">
        What is under way is still sent. Nothing is lost: the rest waits until you resume.
      </p>
    </ActionButton>
  )
}

const WORDS: Record<Lane, string> = {
  otp: 'Nobody gets a code any more, over SMS and e-mail: people cannot confirm their number.',
  money: 'Members are not told about their money any more, over SMS and e-mail.',
  bulk: 'Messages to many wait, over SMS and e-mail. Codes and money go on.',
}
