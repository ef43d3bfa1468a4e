import type { DefaultServerCellComponentProps } from 'payload'

import { walletNames } from './walletNames.ts'

/** A wallet in a list, by its owner and kind instead of its id. */
export const WalletCell = async ({ cellData, payload }: DefaultServerCellComponentProps) => {
  const id: unknown = typeof cellData === 'object' && cellData ? cellData.id : cellData
  return <span>{typeof id === 'string' ? await walletNames(payload)(id) : '—'}</span>
}
