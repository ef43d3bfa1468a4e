import type { DefaultServerCellComponentProps } from 'payload'

import { formatBps } from '../../domain/percent.ts'

/** Basis points shown as a percentage. */
export const PercentCell = ({ cellData }: DefaultServerCellComponentProps) => (
  <span className="t-money">{typeof cellData === 'number' ? formatBps(cellData) : '—'}</span>
)
