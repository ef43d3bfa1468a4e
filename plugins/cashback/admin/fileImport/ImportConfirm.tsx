import { Button } from '@payloadcms/ui'

/** The button that imports the checked file, with a note. */
export const ImportConfirm = ({
  isDisabled,
  label,
  note,
  onConfirm,
}: {
  isDisabled: boolean
  label: string
  note: string
  onConfirm: () => void
}) => (
  <div className="t-recon__confirm">
    <Button disabled={isDisabled} margin={false} onClick={onConfirm} size="small" type="button">
      {label}
    </Button>
    <p className="t-foot">{note}</p>
  </div>
)
