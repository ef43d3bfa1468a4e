import { Facts } from '../../../../src/admin/layout/Facts.tsx'

type Props = {
  /** The columns of the file, and our name of what each was taken for; null if it is not read. */
  columns: { name: string; label: string | null }[]
  /** The sheet of a workbook. */
  sheet: string | null
}

const SHOWN = 12

/** Which column of the file was taken for what, and which ones are not read. */
export const ColumnsRead = ({ columns, sheet }: Props) => {
  const facts = columns.flatMap(({ label, name }) =>
    label === null ? [] : [{ name: label, value: <b>{name}</b> }],
  )
  const unread = columns.flatMap(({ label, name }) => (label === null && name !== '' ? [name] : []))
  return (
    <section aria-label="Columns of the file">
      <h4 className="t-recon__subhead">
        Columns{sheet !== null && ` of the sheet “${sheet}”`}, and what they are taken for
      </h4>
      <div className="t-recon__columns">
        <Facts facts={facts} />
      </div>
      {unread.length > 0 && (
        <p className="t-foot t-recon__unread">
          Not read: {unread.slice(0, SHOWN).join(', ')}
          {unread.length > SHOWN && ` and ${unread.length - SHOWN} more`}.
        </p>
      )}
    </section>
  )
}
