import type { DefaultServerCellComponentProps } from 'payload'

import { StatusPill } from './StatusPill.tsx'

/** A status in a list; a boolean is shown as on or off. */
export const StatusCell = ({ cellData }: DefaultServerCellComponentProps) => {
  const status: unknown = typeof cellData === 'boolean' ? (cellData ? 'on' : 'off') : cellData
  return typeof status === 'string' && status ? <StatusPill status={status} /> : <span>—</span>
}
