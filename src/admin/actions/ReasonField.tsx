import { TextareaInput } from '@payloadcms/ui'

import { REASON_RULE } from '../../domain/reason.ts'

type Props = {
  /** Of this field alone on the page. */
  path: string
  reason: string
  onChange: (reason: string) => void
}

/** Where somebody types why they do something that is audited. */
export const ReasonField = ({ onChange, path, reason }: Props) => (
  <TextareaInput
    description={`${REASON_RULE}, kept in the audit log.`}
    label="Reason"
    onChange={(event) => {
      onChange(event.target.value)
    }}
    path={path}
    required
    rows={2}
    value={reason}
  />
)
