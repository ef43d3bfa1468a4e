import type { DefaultServerCellComponentProps } from 'payload'

import { StatusPill } from './StatusPill.tsx'

/** A state in a list; a switch is on or off. */
export const StatusCell = ({ cellData }: DefaultServerCellComponentProps) => {
  const status: unknown = typeof cellData === 'boolean' ? (cellData ? 'on' : 'off') : cellData
  return typeof status === 'string' && status ? <StatusPill status={status} /> : <span>—</span>
}
