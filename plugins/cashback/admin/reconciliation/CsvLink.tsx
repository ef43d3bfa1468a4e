import { Sign } from '../../../../src/admin/status/Sign.tsx'

/** Downloads all rows of a table. */
export const CsvLink = ({ path, what }: { path: string; what: string }) => (
  <a aria-label={`${what} as CSV`} className="t-button" download href={path}>
    <Sign name="download" size={14} />
    CSV
  </a>
)
