import { Sign } from '../../../src/admin/status/Sign.tsx'
import { labelOf } from '../../../src/domain/labels.ts'
import type { Filters } from './parseFilters.ts'

/** The filters as a form, sent by GET, so that the URL can be shared. */
export const FilterBar = ({
  csvPath,
  filters,
  kinds,
}: {
  csvPath: string
  filters: Filters
  kinds: string[]
}) => {
  const { transferKind, typed, wallet } = filters
  return (
    <form className="t-filters" method="get">
      <input name="currency" type="hidden" value={wallet.currency} />
      <input name="kind" type="hidden" value={wallet.kind} />
      <label>
        From
        <input defaultValue={typed.from} name="from" type="date" />
      </label>
      <label>
        To
        <input defaultValue={typed.to} name="to" type="date" />
      </label>
      <label>
        What
        <select defaultValue={transferKind ?? ''} name="transferKind">
          <option value="">All</option>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {labelOf(kind)}
            </option>
          ))}
        </select>
      </label>
      <label>
        Balance at the end of
        <input defaultValue={typed.asOf} name="asOf" type="date" />
      </label>
      <button className="t-button" type="submit">
        Show
      </button>
      <a className="t-button t-filters__end" download href={csvPath}>
        <Sign name="download" size={14} />
        CSV
      </a>
    </form>
  )
}
